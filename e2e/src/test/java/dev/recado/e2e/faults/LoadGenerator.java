package dev.recado.e2e.faults;

import dev.recado.e2e.ApiClient;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/**
 * Submits at a steady rate, whatever the answers are, and notes every attempt. A submit is never
 * repeated: each label is sent once, so a job that is there twice was doubled by the server. A
 * server that answers nothing slows the load down at {@link #MOST_OPEN} open requests.
 */
final class LoadGenerator {
  private static final int MOST_OPEN = 128;
  private static final int MOST_FOR_ONE = 20;

  private final ApiClient api;
  private final String prefix;
  private final Supplier<String> model;
  private final long everyNanos;
  private final Semaphore open = new Semaphore(MOST_OPEN);
  private final Collection<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();

  /**
   * @param prefix what all its labels begin with
   * @param model the model to ask for, looked up for each submit
   */
  LoadGenerator(ApiClient api, String prefix, Supplier<String> model, int perSecond) {
    this.api = api;
    this.prefix = prefix;
    this.model = model;
    this.everyNanos = 1_000_000_000L / perSecond;
  }

  /** Sends at least so many, and goes on while it is told to; returns when all are answered. */
  List<Attempt> run(int atLeast, BooleanSupplier goOn) throws InterruptedException {
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var due = System.nanoTime();
      for (var n = 0; n < atLeast || goOn.getAsBoolean(); n++) {
        var label = prefix + n;
        open.acquire();
        senders.execute(() -> submit(label));
        due = Math.max(due + everyNanos, System.nanoTime() - 10 * everyNanos);
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    return List.copyOf(attempts);
  }

  /** Whether fewer were accepted; not asked for ever of a server that accepts next to nothing. */
  boolean isShortOf(int jobs) {
    return accepted.get() < jobs && sent.get() < MOST_FOR_ONE * jobs;
  }

  private void submit(String label) {
    sent.incrementAndGet();
    var begun = System.nanoTime();
    var request = Map.of("text", label, "model", model.get(), "metadata", Map.of("n", label));
    try {
      note(label, begun, api.post("/api/predict", request));
    } catch (UncheckedIOException unanswered) {
      var why = Objects.requireNonNull(unanswered.getCause()).getClass().getSimpleName();
      attempts.add(Attempt.unanswered(label, begun, System.nanoTime(), why));
    } finally {
      open.release();
    }
  }

  private void note(String label, long begun, HttpResponse<String> answer) {
    var end = System.nanoTime();
    if (answer.statusCode() == 202) {
      var id = ApiClient.json(answer).get("job_id").asString();
      attempts.add(Attempt.accepted(label, begun, end, id));
      accepted.incrementAndGet();
    } else {
      attempts.add(Attempt.refused(label, begun, end, answer.statusCode(), refusal(answer)));
    }
  }

  /** Which problem it is, and which of its kinds: the same code has several causes. */
  private static String refusal(HttpResponse<String> answer) {
    try {
      var problem = ApiClient.json(answer);
      return problem.path("code").asString("") + ", " + problem.path("error").asString("");
    } catch (JacksonException noJson) {
      return "no problem document";
    }
  }
}
