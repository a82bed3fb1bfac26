package dev.recado.worker.model;

import dev.recado.worker.model.ModelAnswer.Aborted;
import dev.recado.worker.model.ModelAnswer.Completed;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One call: one request, or more if the server refuses how it is asked and has run no model. */
final class OpenAiCompatibleCall implements ModelCall {
  private final ConnectionPools pools;
  private final ModelServer server;
  private final RequestStyles styles;
  private final ModelRequest request;
  private final Deadline deadline;
  private final Refusals refusals;
  private final NetworkFailures failures;

  /** So that a server that refuses both of two spellings is not asked for ever. */
  private final Set<RequestStyle> tried = new HashSet<>();

  private volatile boolean canceled;
  private volatile @Nullable Call current;

  OpenAiCompatibleCall(
      ConnectionPools pools, ModelServer server, RequestStyles styles, ModelRequest request) {
    this.pools = pools;
    this.server = server;
    this.styles = styles;
    this.request = request;
    this.deadline = Deadline.in(request.timeout());
    this.refusals = new Refusals(server, request, Clock.systemUTC());
    this.failures = new NetworkFailures(deadline);
  }

  @Override
  public ModelAnswer await(TextListener listener) {
    var style = styles.of(request);
    tried.add(style);
    var answer = ask(style, listener);
    // A canceled call ends in whatever its socket met; a complete answer is still an answer.
    return isGivenUp() && !(answer instanceof Completed) ? new Aborted() : answer;
  }

  @Override
  public void cancel() {
    canceled = true;
    var call = current;
    if (call != null) {
      call.cancel();
    }
  }

  /** An interrupt is a cancel by other means: it closes the socket as well. */
  private boolean isGivenUp() {
    return canceled || Thread.currentThread().isInterrupted();
  }

  private ModelAnswer ask(RequestStyle style, TextListener listener) {
    if (canceled) {
      return new Aborted();
    }
    if (deadline.hasPassed()) {
      return refusals.network(Refusal.LATE, "was not asked: no time was left");
    }
    var line = new Line(System::nanoTime);
    try (var pool = pools.take();
        var response = begin(pool.http(), style, line).execute()) {
      pools.hear(response);
      return response.isSuccessful()
          ? read(response, style, listener)
          : refused(response, style, listener);
    } catch (IOException e) {
      return line.wasClosed(e) && !deadline.hasPassed()
          ? refusals.network(Refusal.HUNG_UP, "had closed the connection that it kept")
          : refusals.network(failures.before(e, line), NetworkFailures.wordsBefore(e, line));
    } catch (RuntimeException e) {
      // The worker is promised an answer. The exception's message may hold the prompt: not kept.
      return refusals.network(Refusal.NONSENSE, "made us stumble: " + e.getClass().getSimpleName());
    }
  }

  /**
   * Makes the call reachable for {@link #cancel}. Each side writes its own field before it reads
   * the other's, so that one of the two always sees the other.
   */
  private Call begin(OkHttpClient http, RequestStyle style, Line line) {
    var call = http.newCall(httpRequest(style, line));
    call.addEventListener(line);
    call.timeout().timeout(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    current = call;
    if (canceled) {
      call.cancel();
    }
    return call;
  }

  private Request httpRequest(RequestStyle style, Line line) {
    var builder =
        new Request.Builder()
            .url(server.endpoint().url())
            .header("Accept", "text/event-stream, application/json")
            .header("User-Agent", "recado")
            .header("X-Request-Id", request.callId())
            .post(new OneShotJson(request, style, line));
    if (server.key() != null) {
      builder.header("Authorization", "Bearer " + server.key());
    }
    return builder.build();
  }

  private ModelAnswer read(Response response, RequestStyle style, TextListener listener) {
    styles.worked(request, style);
    var draft = new AnswerDraft(request.model(), server.limits().textLength());
    return new AnswerReader(response, server, refusals, failures, draft, listener).read();
  }

  private ModelAnswer refused(Response response, RequestStyle style, TextListener listener) {
    var error = ErrorEnvelope.inBody(errorBody(response));
    var other = style.otherAfter(response.code(), error, refusals.words(error));
    if (other != null && tried.add(other)) {
      response.close();
      return ask(other, listener);
    }
    return refusals.status(response.code(), response.headers(), error);
  }

  /**
   * As much of the body as is worth reading and waiting for; a broken one does not change what its
   * status says, and one that never ends must not keep the job.
   */
  private String errorBody(Response response) {
    var body = response.body().source();
    body.timeout().deadline(server.patience().ending().toNanos(), TimeUnit.NANOSECONDS);
    try {
      body.request(server.limits().errorBytes());
    } catch (IOException e) {
      // What has come so far will do.
    }
    var length = Math.min(body.getBuffer().size(), server.limits().errorBytes());
    return body.getBuffer().snapshot((int) length).utf8();
  }
}
