package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.number;

import dev.recado.job.JobState;
import dev.recado.store.LatencyHistogram;
import dev.recado.store.MinuteStatistics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** How what happened looks in JSON. */
final class StatisticsJson {
  private StatisticsJson() {}

  /** All but the time. */
  static void write(JsonGenerator json, MinuteStatistics statistics) {
    json.writeNumberProperty("accepted", statistics.accepted());
    writeEnded(json, statistics.ended());
    writeCounts(json, "errors", statistics.errors());
    writeCounts(json, "retries", statistics.retries());
    json.writeNumberProperty("fenced", statistics.fenced());
    json.writeNumberProperty("prompt_tokens", statistics.promptTokens());
    json.writeNumberProperty("completion_tokens", statistics.completionTokens());
    writeTimes(json, "queue_ms", statistics.queueTime());
    writeTimes(json, "run_ms", statistics.runTime());
    writeTimes(json, "total_ms", statistics.totalTime());
  }

  /** Each end has its member, so that a chart has its lines. */
  private static void writeEnded(JsonGenerator json, Map<String, Long> ended) {
    json.writeObjectPropertyStart("ended");
    Arrays.stream(JobState.values())
        .filter(JobState::isTerminal)
        .map(JobState::wireName)
        .forEach(end -> json.writeNumberProperty(end, ended.getOrDefault(end, 0L)));
    json.writeEndObject();
  }

  private static void writeCounts(JsonGenerator json, String name, Map<String, Long> counts) {
    json.writeObjectPropertyStart(name);
    counts.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private static void writeTimes(JsonGenerator json, String name, LatencyHistogram times) {
    json.writeObjectPropertyStart(name);
    writePercentile(json, "p50", times, 0.50);
    writePercentile(json, "p95", times, 0.95);
    writePercentile(json, "p99", times, 0.99);
    json.writeEndObject();
  }

  private static void writePercentile(
      JsonGenerator json, String name, LatencyHistogram times, double share) {
    number(json, name, times.percentile(share).map(Duration::toMillis).orElse(null));
  }
}
