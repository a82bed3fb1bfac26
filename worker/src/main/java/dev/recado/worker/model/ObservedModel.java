package dev.recado.worker.model;

import dev.recado.trace.Traces;

/** Another model, each call of which is measured and traced. Thread-safe. */
public final class ObservedModel implements ModelClient {
  private final ModelClient model;
  private final ModelMeters meters;
  private final ModelTraces traces;

  /**
   * Observes the calls of this model.
   *
   * @param provider who runs it, in OpenTelemetry's word if there is one
   */
  public ObservedModel(ModelClient model, ModelMeters meters, Traces traces, String provider) {
    this.model = model;
    this.meters = meters;
    this.traces = new ModelTraces(traces, provider, model.describe());
  }

  @Override
  public ModelCall call(ModelRequest request) {
    return new ObservedCall(model.call(request), request);
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

  private final class ObservedCall implements ModelCall {
    private final ModelCall call;
    private final ModelRequest request;

    ObservedCall(ModelCall call, ModelRequest request) {
      this.call = call;
      this.request = request;
    }

    @Override
    public ModelAnswer await(TextListener listener) {
      try (var span = traces.begin(request)) {
        var begin = System.nanoTime();
        var first = new FirstWord(begin, listener);
        var answer = call.await(first);
        meters.ended(request.model(), answer, System.nanoTime() - begin, first.after());
        traces.note(span, answer);
        return answer;
      }
    }

    @Override
    public void cancel() {
      call.cancel();
    }
  }
}
