package dev.recado.worker.model;

import dev.recado.job.Usage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What calls of models cost, in the names and the bounds of OpenTelemetry's conventions for
 * generative AI. Thread-safe.
 */
public final class ModelMeters {
  /**
   * Clients choose model names, and each name is some hundred lines of the exposition, so their
   * number has a bound. A name gets its place with its first answer: one that was made up takes
   * none.
   */
  private static final int MOST_NAMES = 50;

  private static final String OTHERS = "other";
  private static final String NO_ERROR = "";
  private static final String CANCELED = "canceled";

  private final MeterRegistry registry;
  private final String provider;
  private final Map<String, Named> byName = new ConcurrentHashMap<>();
  private final Named others;

  /**
   * Shown there.
   *
   * @param provider who runs the models, in OpenTelemetry's word where it has one
   * @param defaultModel always has its place
   */
  public ModelMeters(MeterRegistry registry, String provider, String defaultModel) {
    this.registry = registry;
    this.provider = provider;
    this.others = new Named(OTHERS);
    byName.put(defaultModel, new Named(defaultModel));
  }

  void ended(String model, ModelAnswer answer, long nanos, @Nullable Duration untilFirst) {
    var named = of(model, answer);
    named.call(errorType(answer)).record(nanos, TimeUnit.NANOSECONDS);
    if (untilFirst != null) {
      named.firstToken.record(untilFirst);
    }
    var usage = usage(answer);
    if (usage != null) {
      named.spend(usage);
    }
  }

  private Named of(String model, ModelAnswer answer) {
    var known = byName.get(model);
    if (known != null) {
      return known;
    }
    return answer instanceof ModelAnswer.Completed ? place(model) : others;
  }

  private synchronized Named place(String model) {
    return byName.size() < MOST_NAMES ? byName.computeIfAbsent(model, Named::new) : others;
  }

  private static String errorType(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Completed _ -> NO_ERROR;
      case ModelAnswer.Refused refused -> refused.error().code().wireName();
      case ModelAnswer.Aborted() -> CANCELED;
    };
  }

  /** Of an answer that broke off as well: it was paid for. */
  private static @Nullable Usage usage(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Completed(var result) -> result.usage();
      case ModelAnswer.Refused(_, _, _, var partial) -> partial == null ? null : partial.usage();
      case ModelAnswer.Aborted() -> null;
    };
  }

  /** The meters of one model. */
  private final class Named {
    private final Tags tags;
    private final Timer firstToken;
    private final DistributionSummary input;
    private final DistributionSummary output;
    private final Map<String, Timer> calls = new ConcurrentHashMap<>();

    Named(String name) {
      tags =
          Tags.of(
              "gen_ai.operation.name", "chat",
              "gen_ai.provider.name", provider,
              "gen_ai.request.model", name);
      firstToken = firstToken();
      input = tokens("input");
      output = tokens("output");
    }

    Timer call(String errorType) {
      var known = calls.get(errorType);
      return known != null ? known : calls.computeIfAbsent(errorType, this::newCall);
    }

    void spend(Usage usage) {
      record(input, usage.promptTokens());
      record(output, usage.completionTokens());
    }

    private static void record(DistributionSummary meter, @Nullable Long tokens) {
      if (tokens != null) {
        meter.record(tokens);
      }
    }

    private Timer newCall(String errorType) {
      return Timer.builder("gen_ai.client.operation.duration")
          .description("Calls of models; error_type is empty where there was an answer")
          .tags(tags.and("error.type", errorType))
          .serviceLevelObjectives(
              seconds(
                  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96,
                  81.92))
          .register(registry);
    }

    private Timer firstToken() {
      return Timer.builder("gen_ai.server.time_to_first_token")
          .description("From the call to the first words of its answer, where they are streamed")
          .tags(tags)
          .serviceLevelObjectives(seconds(0.01, 0.04, 0.1, 0.25, 0.5, 1, 2.5, 5, 10))
          .register(registry);
    }

    private DistributionSummary tokens(String type) {
      return DistributionSummary.builder("gen_ai.client.token.usage")
          .description("Tokens of a call, as the provider counted them")
          .tags(tags.and("gen_ai.token.type", type))
          .serviceLevelObjectives(1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536)
          .register(registry);
    }

    private static Duration[] seconds(double... bounds) {
      var all = new Duration[bounds.length];
      for (var i = 0; i < bounds.length; i++) {
        all[i] = Duration.ofMillis(Math.round(bounds[i] * 1_000));
      }
      return all;
    }
  }
}
