package dev.recado.queue;

/** How many jobs wait for a worker. Thread-safe. */
@FunctionalInterface
public interface WaitingJobs {
  /** Of whoever cannot know: as many as are asked for. */
  WaitingJobs UNKNOWN = atMost -> atMost;

  /** Counts them, but no further than this. May throw if that cannot be known right now. */
  int count(int atMost);
}
