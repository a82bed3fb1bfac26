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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

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
    var first = batches.results(Tenant.DEFAULT, batch, after, LINES_AT_A_TIME);
    var response = context.res();
    response.setStatus(200);
    response.setContentType(null);
    response.setContentType("application/jsonl");
    if (context.req().getMethod().equals("GET")) {
      send(response, batch, first);
    }
  }

  private void send(HttpServletResponse response, BatchId batch, List<BatchResult> first) {
    try {
      // Not closed here: that would make an answer whole which the store breaks off.
      var out = response.getOutputStream();
      for (var page = first; !page.isEmpty(); page = next(batch, page)) {
        out.write(lines(page));
      }
    } catch (IOException hungUp) {
      log.tellWhy(hungUp, LogEvent.BATCH_RESULTS_GONE, batch.value());
    }
  }

  private List<BatchResult> next(BatchId batch, List<BatchResult> page) {
    return page.size() < LINES_AT_A_TIME
        ? List.of()
        : batches.results(Tenant.DEFAULT, batch, page.getLast().index(), LINES_AT_A_TIME);
  }

  private static byte[] lines(List<BatchResult> page) {
    var lines = new ByteArrayOutputStream();
    for (var result : page) {
      lines.writeBytes(ResultLine.of(result));
      lines.write('\n');
    }
    return lines.toByteArray();
  }
}
