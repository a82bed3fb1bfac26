package dev.recado.queue;

import dev.recado.job.JobId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rings the doorbell for jobs that are durable, or that no claim can miss once they are ({@code
 * JobStore.announceArrivalsTo}). A ring may be lost; the job is found all the same, a little later.
 * Thread-safe.
 */
public interface TaskPublisher extends AutoCloseable {

  /**
   * Rings for one job. Returns at once: it never waits for the broker and never throws because the
   * broker is away.
   */
  void ring(JobId job);

  /**
   * Rings for one job that is part of a trace.
   *
   * @param traceparent where in the trace, in the form of W3C Trace Context; null if in none
   */
  default void ring(JobId job, @Nullable String traceparent) {
    ring(job);
  }

  /**
   * Whether rings get through right now. While this is false, workers find jobs by looking into the
   * store now and then.
   */
  boolean isConnected();

  /**
   * Whether rings wait that nobody has heard yet. While there are some, ringing again only piles
   * them up.
   */
  boolean hasUnheardRings();

  /**
   * How many messages were put aside because nobody could read them, as far as that is known right
   * now.
   */
  OptionalLong deadLetters();

  /** Those messages. */
  DeadLetters deadLetterBox();

  /** How things stand with the doorbell. */
  DoorbellState state();

  @Override
  void close();
}
