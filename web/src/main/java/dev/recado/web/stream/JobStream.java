package dev.recado.web.stream;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.answer.Json;
import dev.recado.web.api.JobJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client of one job until the job ends, the client hangs up or web stops. It tells where
 * the job is, not each step: a client that was away hears of the last one only.
 */
final class JobStream {
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private final JobStore store;
  private final StreamSettings settings;
  private final EventWriter out;
  private @Nullable Place seen;

  /** For a client that has seen the job where it is now, or nothing of it (null). */
  JobStream(JobStore store, StreamSettings settings, EventWriter out, @Nullable Place seen) {
    this.store = store;
    this.settings = settings;
    this.out = out;
    this.seen = seen;
  }

  /** Holds the calling thread, which should be a virtual one. */
  void run(JobId id, Wakeup wakeup, Listener listener) throws IOException, InterruptedException {
    out.reconnectAfter(RECONNECT);
    while (goesOn(id)) {
      wakeup.await(settings.look());
      if (!listener.isThere()) {
        return;
      }
      keepAlive();
    }
  }

  /** Tells what is new of the job; false when there will be nothing more to tell. */
  private boolean goesOn(JobId id) throws IOException {
    try {
      var job = store.find(Tenant.DEFAULT, id);
      if (job.isPresent()) {
        tell(job.get());
      }
      return job.isPresent() && !job.get().state().isTerminal();
    } catch (StoreUnavailableException e) {
      // A browser sent away would come again, meet a 503, and never come back.
      return true;
    }
  }

  private void tell(Job job) throws IOException {
    var place = Place.of(job);
    if (place.equals(seen)) {
      return;
    }
    if (job.state().isTerminal()) {
      out.event("completed", place, Json.object(json -> JobJson.writeWhole(json, job)));
    } else {
      out.event("status", place, status(job));
    }
    seen = place;
  }

  private byte[] status(Job job) {
    var position = position(job);
    return Json.object(json -> {
      json.writeStringProperty("job_id", job.id().value());
      json.writeStringProperty("status", job.state().wireName());
      json.writeNumberProperty("attempts", job.attempts());
      position.ifPresent(number -> json.writeNumberProperty("queue_position", number));
    });
  }

  private Optional<Long> position(Job job) {
    return job.state() == JobState.QUEUED
        ? store.queuePosition(Tenant.DEFAULT, job.id())
        : Optional.empty();
  }

  private void keepAlive() throws IOException {
    if (out.silence().compareTo(settings.keepalive()) >= 0) {
      out.keepalive();
    }
  }
}
