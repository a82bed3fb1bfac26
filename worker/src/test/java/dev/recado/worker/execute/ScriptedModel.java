package dev.recado.worker.execute;

import dev.recado.job.JobResult;
import dev.recado.worker.model.ModelAnswer;
import dev.recado.worker.model.ModelCall;
import dev.recado.worker.model.ModelClient;
import dev.recado.worker.model.ModelRequest;
import dev.recado.worker.model.TextListener;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The outside world as a test wants it: an answer to each request, or a call that hangs. */
final class ScriptedModel implements ModelClient {
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> callsByText = new ConcurrentHashMap<>();
  private final Function<ModelRequest, ModelAnswer> script;
  private final List<String> words;
  private final List<ModelAnswer> refusals;
  private final CompletableFuture<ModelAnswer> released = new CompletableFuture<>();

  private ScriptedModel(
      Function<ModelRequest, ModelAnswer> script, List<String> words, List<ModelAnswer> refusals) {
    this.script = script;
    this.words = words;
    this.refusals = refusals;
  }

  static ScriptedModel answering(Function<ModelRequest, ModelAnswer> script) {
    var model = new ScriptedModel(script, List.of(), List.of());
    model.release();
    return model;
  }

  static ScriptedModel echoing() {
    return answering(ScriptedModel::echo);
  }

  /** Every call hangs until {@link #release} or its cancel. */
  static ScriptedModel hanging() {
    return new ScriptedModel(ScriptedModel::echo, List.of(), List.of());
  }

  /** Every call says this at once, and then hangs as well. */
  static ScriptedModel speaking(String... words) {
    return new ScriptedModel(ScriptedModel::echo, List.of(words), List.of());
  }

  /** The first calls are refused like this; every other says this at once, and then hangs. */
  static ScriptedModel speakingAfter(List<ModelAnswer> refusals, String... words) {
    return new ScriptedModel(ScriptedModel::echo, List.of(words), refusals);
  }

  static ModelAnswer echo(ModelRequest request) {
    var text = request.messages().getLast().content();
    return new ModelAnswer.Completed(
        new JobResult(text, null, null, request.model(), null, "stop"));
  }

  /** How often the text was sent that was sent most. */
  int mostOfOneText() {
    return Collections.max(callsByText.values());
  }

  void release() {
    released.complete(new ModelAnswer.Aborted());
  }

  @Override
  public ModelCall call(ModelRequest request) {
    var aborted = new CompletableFuture<ModelAnswer>();
    return new ModelCall() {
      @Override
      public ModelAnswer await(TextListener listener) {
        var call = calls.incrementAndGet();
        callsByText.merge(request.messages().getLast().content(), 1, Integer::sum);
        if (call <= refusals.size()) {
          return refusals.get(call - 1);
        }
        open.incrementAndGet();
        try {
          words.forEach(listener::hear);
          CompletableFuture.anyOf(released, aborted).join();
          return aborted.isDone() ? new ModelAnswer.Aborted() : script.apply(request);
        } finally {
          open.decrementAndGet();
        }
      }

      @Override
      public void cancel() {
        aborted.complete(new ModelAnswer.Aborted());
      }
    };
  }

  @Override
  public String defaultModel() {
    return "scripted";
  }

  @Override
  public String describe() {
    return "scripted";
  }

  @Override
  public void close() {}
}
