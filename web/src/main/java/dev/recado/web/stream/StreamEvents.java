package dev.recado.web.stream;

import dev.recado.job.JobId;
import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.api.JobPath;
import dev.recado.web.wait.Sleepers;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/jobs/{id}/events}: where the job is, and where it comes to, until it ends. A
 * client that hangs up ends its stream and not the job. A client that has seen the end gets 204.
 */
public final class StreamEvents implements Handler {
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private final JobStore store;
  private final EventStreams streams;

  /** Reads from this store, and sooner when the bus tells of a change. */
  public StreamEvents(JobStore store, Sleepers sleepers) {
    this(store, sleepers, StreamSettings.usual());
  }

  /** The same with other settings than usual. */
  public StreamEvents(JobStore store, Sleepers sleepers, StreamSettings settings) {
    this.store = store;
    this.streams = new EventStreams(sleepers, settings);
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.outcome(context, store);
    var now = Place.of(job);
    var seen = LastSeen.of(context);
    if (now.equals(seen) && job.state().isTerminal()) {
      Answers.empty(context, 204);
    } else if (context.method().equals(HandlerType.HEAD)) {
      EventStreams.writeHead(context);
    } else {
      open(context, job.id(), now, seen);
    }
  }

  private void open(Context context, JobId job, Place now, @Nullable Place seen) {
    var told = seen != null && seen.isAt(now) ? now : null;
    var text = seen == null ? Place.Text.NONE : seen.text();
    streams
        .take(() -> job)
        .tell(
            context,
            (id, out) -> {
              out.reconnectAfter(RECONNECT);
              return new JobStream(store, out, id, told, text);
            });
  }
}
