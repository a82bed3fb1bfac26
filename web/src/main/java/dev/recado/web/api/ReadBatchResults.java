package dev.recado.web.api;

import dev.recado.batch.BatchResult;
import dev.recado.batch.BatchStore;
import dev.recado.job.BatchId;
import dev.recado.job.Tenant;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.web.input.ResultsRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * {@code GET /api/batches/{id}/results}: what has ended so far, a line each, in the order of the
 * batch. Read from the store a few lines at a time, as fast as the client takes them.
 */
public final class ReadBatchResults implements Handler {
  private static final Log log = Log.of(ReadBatchResults.class);
  private static final int LINES_AT_A_TIME = 32;

  private final BatchStore batches;

  /** Reads from this store. */
  public ReadBatchResults(BatchStore batches) {
    this.batches = batches;
  }

  @Override
  public void handle(Context context) {
    var after = ResultsRequest.after(context.queryString());
    var batch = BatchPath.batch(context, batches).id();
    if (context.req().getMethod().equals("GET")) {
      var first = new ArrayDeque<>(next(batch, after));
      writeHead(context.res());
      send(context.res(), batch, first);
    } else {
      writeHead(context.res());
    }
  }

  private static void writeHead(HttpServletResponse response) {
    response.setStatus(200);
    response.setContentType(null);
    response.setContentType("application/jsonl");
  }

  /** Lets go of each result before it is written, as a slow client may take its time over it. */
  private void send(HttpServletResponse response, BatchId batch, Queue<BatchResult> results) {
    try {
      // Not closed here: that would make an answer whole which the store breaks off.
      var out = response.getOutputStream();
      while (!results.isEmpty()) {
        var index = results.element().index();
        out.write(ResultLine.of(results.remove()));
        out.write('\n');
        if (results.isEmpty()) {
          results.addAll(next(response, batch, index));
        }
      }
    } catch (IOException hungUp) {
      log.tellWhy(hungUp, LogEvent.BATCH_RESULTS_GONE, batch.value());
    }
  }

  /** Where there are none to be had the answer ends, at the end of a line if it has begun. */
  private List<BatchResult> next(HttpServletResponse response, BatchId batch, int after)
      throws IOException {
    try {
      return next(batch, after);
    } catch (RuntimeException failure) {
      if (response.isCommitted()) {
        response.flushBuffer();
      }
      throw failure;
    }
  }

  private List<BatchResult> next(BatchId batch, int after) {
    return batches.results(Tenant.DEFAULT, batch, after, LINES_AT_A_TIME);
  }
}
