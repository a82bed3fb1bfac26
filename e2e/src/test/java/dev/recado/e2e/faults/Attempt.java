package dev.recado.e2e.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One submit as its client saw it.
 *
 * @param label what the client calls the job: its text, and its metadata's {@code n}
 * @param begun {@link System#nanoTime} before it was sent
 * @param answered {@link System#nanoTime} when the answer, or the end of the connection, was there
 * @param status the answer's code, 0 if there was none
 * @param id the job's id if it was accepted
 */
record Attempt(String label, long begun, long answered, int status, @Nullable String id) {
  boolean acknowledged() {
    return status == 202;
  }

  Duration took() {
    return Duration.ofNanos(answered - begun);
  }
}
