package dev.recado.web.stream;

import dev.recado.job.JobId;
import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.RequestIds;
import dev.recado.web.api.JobPath;
import dev.recado.web.problem.Problem;
import dev.recado.web.wait.Sleepers;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/jobs/{id}/events}: where the job is, and where it comes to, until it ends. A
 * client that hangs up ends its stream and not the job. A client that has seen the end gets 204.
 */
public final class StreamEvents implements Handler {
  private static final Logger log = LoggerFactory.getLogger(StreamEvents.class);
  private static final String MEDIA_TYPE = "text/event-stream";
  private static final int FULL_FOR_SECONDS = 5;

  private final JobStore store;
  private final Sleepers sleepers;
  private final StreamSettings settings;
  private final Semaphore free;

  /** Reads from this store, and sooner when the bus tells of a change. */
  public StreamEvents(JobStore store, Sleepers sleepers) {
    this(store, sleepers, StreamSettings.usual());
  }

  /** The same with other settings than usual. */
  public StreamEvents(JobStore store, Sleepers sleepers, StreamSettings settings) {
    this.store = store;
    this.sleepers = sleepers;
    this.settings = settings;
    this.free = new Semaphore(settings.most());
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.job(context, store);
    var now = Place.of(job);
    var seen = LastSeen.of(context);
    if (now.equals(seen) && job.state().isTerminal()) {
      Answers.empty(context, 204);
    } else if (context.method().equals(HandlerType.HEAD)) {
      writeHead(context);
    } else {
      admit(context, job.id(), now, seen);
    }
  }

  private void admit(Context context, JobId job, Place now, @Nullable Place seen) {
    if (!free.tryAcquire()) {
      throw tooMany().asException();
    }
    try {
      writeHead(context);
      stream(context, job, now, seen);
    } finally {
      free.release();
    }
  }

  private static Problem tooMany() {
    return Problem.of(503, "too_many_streams", "too many streams are open; try again soon")
        .retryAfter(FULL_FOR_SECONDS);
  }

  private static void writeHead(Context context) {
    var response = context.res();
    // Jetty would carry a charset over, and this type has none.
    response.setContentType(null);
    response.setContentType(MEDIA_TYPE);
    // nginx passes each event on at once.
    response.setHeader("X-Accel-Buffering", "no");
    // The listener reads what would be the connection's next request.
    response.setHeader("Connection", "close");
  }

  private void stream(Context context, JobId job, Place now, @Nullable Place seen) {
    try (var wakeup = Wakeup.of(sleepers, job)) {
      var out = new EventWriter(context.res().getOutputStream());
      var told = seen != null && seen.isAt(now) ? now : null;
      var text = seen == null ? Place.Text.NONE : seen.text();
      new JobStream(store, settings, out, job, told, text).run(wakeup, Listener.of(context));
    } catch (IOException e) {
      // The client has hung up, and there is nobody else to tell.
      log.debug("Stream {} was not read on", context.res().getHeader(RequestIds.HEADER), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
