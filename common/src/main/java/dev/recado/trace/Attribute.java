package dev.recado.trace;

/**
 * All that a span may hold, in OpenTelemetry's words where it has one: none of these is a text of a
 * client's or a model's.
 */
public enum Attribute {
  /** The job's id. */
  JOB_ID("recado.job.id"),
  /** The number of the claim, from 1. */
  ATTEMPT("recado.job.attempt"),
  /** How the attempt ended. */
  OUTCOME("recado.job.outcome"),
  /** {@code POST}. */
  HTTP_METHOD("http.request.method"),
  /** The path, with names for its parameters. */
  HTTP_ROUTE("http.route"),
  /** The status of an answer. */
  HTTP_STATUS("http.response.status_code"),
  /** {@code rabbitmq}. */
  MESSAGING_SYSTEM("messaging.system"),
  /** The queue. */
  MESSAGING_DESTINATION("messaging.destination.name"),
  /** {@code send} or {@code process}. */
  MESSAGING_OPERATION("messaging.operation.type"),
  /** {@code chat}. */
  OPERATION("gen_ai.operation.name"),
  /** Who runs the model. */
  PROVIDER("gen_ai.provider.name"),
  /** The model that was asked. */
  REQUEST_MODEL("gen_ai.request.model"),
  /** How long the answer may be. */
  MAX_TOKENS("gen_ai.request.max_tokens"),
  /** How freely the model may answer. */
  TEMPERATURE("gen_ai.request.temperature"),
  /** The model that answered. */
  RESPONSE_MODEL("gen_ai.response.model"),
  /** Why it stopped. */
  FINISH_REASONS("gen_ai.response.finish_reasons"),
  /** Tokens of the question. */
  INPUT_TOKENS("gen_ai.usage.input_tokens"),
  /** Tokens of the answer. */
  OUTPUT_TOKENS("gen_ai.usage.output_tokens"),
  /** The model server's host. */
  SERVER_ADDRESS("server.address"),
  /** Its port. */
  SERVER_PORT("server.port"),
  /** Why it failed: an error code of a job's, or the status of an answer. */
  ERROR_TYPE("error.type");

  private final String wireName;

  Attribute(String wireName) {
    this.wireName = wireName;
  }

  /** The attribute's name. */
  public String wireName() {
    return wireName;
  }
}
