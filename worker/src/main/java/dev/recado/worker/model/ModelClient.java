package dev.recado.worker.model;

/** A way to a model. Thread-safe: one client serves all jobs of a worker. */
public interface ModelClient extends AutoCloseable {

  /** Prepares one call; nothing is sent before {@link ModelCall#await}. */
  ModelCall call(ModelRequest request);

  /** The model that answers when a job names none. */
  String defaultModel();

  /** Where the model is, for people: a base URL without secrets, or the name of the built-in. */
  String describe();

  @Override
  void close();
}
