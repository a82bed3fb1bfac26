package dev.recado.worker.execute;

import dev.recado.job.ClaimedJob;
import dev.recado.store.OutputChunk;
import dev.recado.worker.model.TextListener;
import java.time.Duration;
import java.util.Optional;

/**
 * What one attempt says, until {@link OutputRelay} fetches it. If that takes so long that too much
 * is waiting, the rest is left to the result. Thread-safe.
 */
final class LiveText implements TextListener, AutoCloseable {
  /** So long a first word waits: most short answers are complete by then. */
  static final Duration FIRST_WORD = Duration.ofMillis(40);

  private static final int MOST_WAITING = 65_536;

  private final ClaimedJob job;
  private final OutputRelay relay;
  private final StringBuilder waiting = new StringBuilder();
  private int fetched;
  private long ripeAt;
  private boolean closed;

  LiveText(ClaimedJob job, OutputRelay relay) {
    this.job = job;
    this.relay = relay;
  }

  ClaimedJob job() {
    return job;
  }

  @Override
  public synchronized void hear(String text) {
    if (closed) {
      return;
    }
    if (waiting.length() + text.length() > MOST_WAITING) {
      close();
      return;
    }
    if (waiting.isEmpty()) {
      ripeAt = System.nanoTime() + FIRST_WORD.toNanos();
      relay.hasNews(this);
    }
    waiting.append(text);
  }

  /** When it wants to be fetched, in {@link System#nanoTime}. */
  synchronized long ripeAt() {
    return ripeAt;
  }

  /** Whether it may be fetched now: what flows already joins whoever is fetched. */
  synchronized boolean isReady(long now) {
    return fetched > 0 || now - ripeAt >= 0;
  }

  /** What was said since the last time. */
  synchronized Optional<OutputChunk> fetch() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    var chunk = new OutputChunk(job, fetched, waiting.toString());
    fetched = chunk.stop();
    waiting.setLength(0);
    return Optional.of(chunk);
  }

  /** Nothing more is fetched. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.setLength(0);
    relay.forget(this);
  }
}
