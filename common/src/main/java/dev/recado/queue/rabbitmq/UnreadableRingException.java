package dev.recado.queue.rabbitmq;

/** A message in the task queue is no ring. Says why, and nothing of what is in it. */
final class UnreadableRingException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableRingException(String reason) {
    super(reason);
  }
}
