package dev.recado.worker.model;

/** Another model, each call of which is measured. Thread-safe. */
public final class MeteredModel implements ModelClient {
  private final ModelClient model;
  private final ModelMeters meters;

  /** Measures the calls of this model there. */
  public MeteredModel(ModelClient model, ModelMeters meters) {
    this.model = model;
    this.meters = meters;
  }

  @Override
  public ModelCall call(ModelRequest request) {
    return new MeteredCall(model.call(request), request.model());
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

  private final class MeteredCall implements ModelCall {
    private final ModelCall call;
    private final String name;

    MeteredCall(ModelCall call, String name) {
      this.call = call;
      this.name = name;
    }

    @Override
    public ModelAnswer await(TextListener listener) {
      var watch = new Watch(listener);
      var answer = call.await(watch);
      meters.ended(name, answer, System.nanoTime() - watch.begin, watch.untilFirst);
      return answer;
    }

    @Override
    public void cancel() {
      call.cancel();
    }
  }

  /** For the thread that awaits the answer. */
  private static final class Watch implements TextListener {
    private final TextListener listener;
    private final long begin = System.nanoTime();
    private long untilFirst = ModelMeters.NEVER;

    Watch(TextListener listener) {
      this.listener = listener;
    }

    @Override
    public void hear(String text) {
      if (untilFirst == ModelMeters.NEVER) {
        untilFirst = System.nanoTime() - begin;
      }
      listener.hear(text);
    }
  }
}
