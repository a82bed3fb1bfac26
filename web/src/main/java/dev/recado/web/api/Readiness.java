package dev.recado.web.api;

import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /readyz}: whether it makes sense to send requests here. Never asks the model. */
public final class Readiness implements Handler {
  private static final byte[] READY =
      Json.object(json -> json.writeStringProperty("status", "ready"));

  private final JobStore store;
  private final TaskPublisher publisher;
  private volatile boolean stopping;

  /** Ready when both of these are. */
  public Readiness(JobStore store, TaskPublisher publisher) {
    this.store = store;
    this.publisher = publisher;
  }

  /** Not ready from now on. */
  public void stopping() {
    stopping = true;
  }

  @Override
  public void handle(Context context) {
    var reasons = reasons();
    if (!reasons.isEmpty()) {
      throw Problems.notReady(reasons).asException();
    }
    Answers.json(context, 200, READY);
  }

  private List<String> reasons() {
    var reasons = new ArrayList<String>();
    if (stopping) {
      reasons.add("stopping");
    }
    if (!canUseStore()) {
      reasons.add("store");
    }
    if (!publisher.isConnected()) {
      reasons.add("broker");
    }
    return reasons;
  }

  private boolean canUseStore() {
    try {
      store.probe();
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
