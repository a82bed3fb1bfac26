package dev.recado.worker.model;

import dev.recado.job.JobResult;
import dev.recado.trace.Attribute;
import dev.recado.trace.Span;
import dev.recado.trace.Traces;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Another model, each call of which is a span in the conventions of OpenTelemetry GenAI: names,
 * counts and outcomes, no text. Thread-safe.
 */
// The call carries no traceparent: docs/adr/0016 says why.
public final class TracedModel implements ModelClient {
  private static final String CHAT = "chat";
  private static final Set<String> FINISH_REASONS =
      Set.of("stop", "length", "tool_calls", "function_call", "content_filter", "eos_token");

  private final ModelClient model;
  private final Traces traces;
  private final String provider;
  private final URI server;

  private TracedModel(ModelClient model, Traces traces, String provider) {
    this.model = model;
    this.traces = traces;
    this.provider = provider;
    this.server = URI.create(model.describe());
  }

  /**
   * This model, traced if traces are on.
   *
   * @param provider who runs it, in OpenTelemetry's word if there is one
   */
  public static ModelClient of(ModelClient model, Traces traces, String provider) {
    return traces.areOn() ? new TracedModel(model, traces, provider) : model;
  }

  @Override
  public ModelCall call(ModelRequest request) {
    return new TracedCall(model.call(request), request);
  }

  @Override
  public String defaultModel() {
    return model.defaultModel();
  }

  @Override
  public String describe() {
    return model.describe();
  }

  @Override
  public void close() {
    model.close();
  }

  private final class TracedCall implements ModelCall {
    private final ModelCall call;
    private final ModelRequest request;

    TracedCall(ModelCall call, ModelRequest request) {
      this.call = call;
      this.request = request;
    }

    @Override
    public ModelAnswer await(TextListener listener) {
      try (var span = begin(request)) {
        var answer = call.await(listener);
        note(span, answer);
        return answer;
      }
    }

    @Override
    public void cancel() {
      call.cancel();
    }
  }

  private Span begin(ModelRequest request) {
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

  private static void note(Span span, ModelAnswer answer) {
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
