package dev.recado.web.api;

import dev.recado.metrics.Metrics;
import dev.recado.web.answer.Answers;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /metrics}: what this process counts and measures, for Prometheus. */
public final class ReadMetrics implements Handler {
  private final Metrics metrics;

  /** Shows these. */
  public ReadMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(Context context) {
    Answers.send(context.res(), 200, Metrics.MEDIA_TYPE, metrics.exposition());
  }
}
