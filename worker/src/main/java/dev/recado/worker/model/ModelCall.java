package dev.recado.worker.model;

/** One call to a model: made once, awaited once. */
public interface ModelCall {

  /**
   * Sends the request and waits for its end. Blocks; meant for a virtual thread. Whatever happens
   * out there becomes an answer; this does not throw.
   *
   * @param listener hears the text as it comes in
   */
  ModelAnswer await(TextListener listener);

  /**
   * Gives up: closes the socket, so that {@link #await} returns {@link ModelAnswer.Aborted} soon.
   * Callable from any thread, before, during and after the call, and more than once.
   */
  void cancel();
}
