package dev.recado.worker.model;

import dev.recado.job.JobResult;
import dev.recado.trace.Attribute;
import dev.recado.trace.Span;
import dev.recado.trace.Traces;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A span for each call of a model in the conventions of OpenTelemetry GenAI: names, counts and
 * outcomes, no text. Thread-safe.
 */
// The call carries no traceparent: docs/adr/0016 says why.
final class ModelTraces {
  private static final String CHAT = "chat";
  private static final Set<String> FINISH_REASONS =
      Set.of("stop", "length", "tool_calls", "function_call", "content_filter", "eos_token");

  private final Traces traces;
  private final String provider;
  private final URI server;

  /**
   * Spans go there.
   *
   * @param provider who runs the model, in OpenTelemetry's word if there is one
   * @param server its base URL, or the name of the built-in
   */
  ModelTraces(Traces traces, String provider, String server) {
    this.traces = traces;
    this.provider = provider;
    this.server = URI.create(server);
  }

  /** Within what this thread is at. */
  Span begin(ModelRequest request) {
    if (!traces.areOn()) {
      return Span.NONE;
    }
    var maxTokens = request.maxTokens();
    return traces
        .beginWithin(Traces.Kind.CLIENT, CHAT + " " + request.model())
        .note(Attribute.OPERATION, CHAT)
        .note(Attribute.PROVIDER, provider)
        .note(Attribute.SERVER_ADDRESS, server.getHost())
        .note(Attribute.SERVER_PORT, server.getPort() < 0 ? null : (long) server.getPort())
        .note(Attribute.REQUEST_MODEL, request.model())
        .note(Attribute.MAX_TOKENS, maxTokens == null ? null : maxTokens.longValue())
        .note(Attribute.TEMPERATURE, request.temperature());
  }

  /** How it ended. */
  void note(Span span, ModelAnswer answer) {
    if (!traces.areOn()) {
      return;
    }
    switch (answer) {
      case ModelAnswer.Completed(var result) -> note(span, result);
      case ModelAnswer.Refused refused -> {
        if (refused.partial() != null) {
          note(span, refused.partial());
        }
        span.failed(refused.error().code().wireName());
      }
      case ModelAnswer.Aborted() -> span.failed("canceled");
    }
  }

  // A server may say anything there, and what it says may be its answer.
  private static String known(String finishReason) {
    return FINISH_REASONS.contains(finishReason) ? finishReason : "other";
  }

  private static void note(Span span, JobResult result) {
    span.note(Attribute.RESPONSE_MODEL, result.model());
    if (result.finishReason() != null) {
      span.note(Attribute.FINISH_REASONS, List.of(known(result.finishReason())));
    }
    if (result.usage() != null) {
      span.note(Attribute.INPUT_TOKENS, result.usage().promptTokens());
      span.note(Attribute.OUTPUT_TOKENS, result.usage().completionTokens());
    }
  }
}
