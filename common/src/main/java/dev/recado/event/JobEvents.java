package dev.recado.event;

import dev.recado.event.JobEvent.StateChanged;
import dev.recado.event.JobEvent.TakenAway;
import dev.recado.job.Ending;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import java.util.function.Consumer;

/**
 * Carries job events between web and worker, to every process. Best effort: an event may be lost
 * while the broker is away, so nobody may depend on one for more than speed. Thread-safe.
 */
public interface JobEvents extends AutoCloseable {

  /** Tells everybody, this process included. Returns at once and never throws. */
  void publish(JobEvent event);

  /**
   * Tells other processes that the end of a job is about to be written: the way to them takes about
   * as long. Returns at once and never throws.
   */
  void foretellEnd(JobId job);

  /** Tells that a job was ended: whoever runs it stops, and whoever waits for it looks. */
  default void publish(Ending ending) {
    if (ending.before() == JobState.PROCESSING) {
      publish(new TakenAway(ending.job()));
    }
    publish(new StateChanged(ending.job(), ending.end()));
  }

  /**
   * Hears every event from now on. A listener must be quick; one that throws is logged and hurts no
   * other.
   *
   * @return ends the subscription when closed
   */
  Subscription subscribe(Consumer<JobEvent> listener);

  @Override
  void close();

  /** A listener's place on the bus. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
