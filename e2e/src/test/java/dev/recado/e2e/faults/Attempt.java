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
 * @param refusal which problem it was refused with, or what came instead of an answer
 */
record Attempt(
    String label,
    long begun,
    long answered,
    int status,
    @Nullable String id,
    @Nullable String refusal) {

  static Attempt accepted(String label, long begun, long answered, String id) {
    return new Attempt(label, begun, answered, 202, id, null);
  }

  static Attempt refused(
      String label, long begun, long answered, int status, @Nullable String refusal) {
    return new Attempt(label, begun, answered, status, null, refusal);
  }

  static Attempt unanswered(String label, long begun, long ended, String why) {
    return new Attempt(label, begun, ended, 0, null, why);
  }

  /** The answer in a few words, such as {@code 503 queue_full}. */
  String answer() {
    var code = status == 0 ? "none" : String.valueOf(status);
    return refusal == null ? code : code + " " + refusal;
  }

  boolean acknowledged() {
    return status == 202;
  }

  /** Whether it was accepted, or only refused because more is offered than can be done in time. */
  boolean acknowledgedUnlessQueueWasFull() {
    return acknowledged() || answer().contains("the queue is too long");
  }

  Duration took() {
    return Duration.ofNanos(answered - begun);
  }
}
