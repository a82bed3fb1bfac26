package dev.recado.web.api;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchStore;
import dev.recado.job.BatchId;
import dev.recado.job.Tenant;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;

/** The batch that a path names. What is no id counts as a batch that does not exist. */
final class BatchPath {
  private BatchPath() {}

  static BatchId id(Context context) {
    return BatchId.parse(context.pathParam(JobPath.PARAMETER))
        .orElseThrow(() -> Problems.batchNotFound().asException());
  }

  static Batch batch(Context context, BatchStore batches) {
    return batches
        .find(Tenant.DEFAULT, id(context))
        .orElseThrow(() -> Problems.batchNotFound().asException());
  }
}
