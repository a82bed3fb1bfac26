package dev.recado.web.api;

import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code DELETE /api/jobs/{id}}: erases what went into a finished job and what came out. */
public final class EraseJob implements Handler {
  private final JobStore store;

  /** Erases in this store. */
  public EraseJob(JobStore store) {
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    var id = JobPath.id(context);
    switch (store.erase(Tenant.DEFAULT, id)) {
      case ERASED -> Answers.empty(context, 204);
      case STILL_LIVE -> throw Problems.jobNotFinished(id.value(), "erase it").asException();
      case UNKNOWN -> throw Problems.jobNotFound().asException();
    }
  }
}
