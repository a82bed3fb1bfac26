package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import dev.recado.job.Usage;
import dev.recado.worker.model.ModelAnswer.Remedy;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelMetersTest {
  private static final String CALLS = "gen_ai.client.operation.duration";
  private static final Usage USAGE = new Usage(20L, 9L, 29L, null, null);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ModelMeters meters = new ModelMeters(registry, "openai", "usual");

  @Test
  void a_call_is_counted_with_its_tokens_and_its_first_word() {
    meters.ended("usual", answered(), 2_000_000, Duration.ofMillis(1));

    var call = registry.get(CALLS).tag("gen_ai.request.model", "usual").timer();
    assertThat(call.count()).isEqualTo(1);
    assertThat(call.getId().getTag("error.type")).isEmpty();
    assertThat(call.getId().getTag("gen_ai.provider.name")).isEqualTo("openai");
    assertThat(tokens("input")).isEqualTo(20);
    assertThat(tokens("output")).isEqualTo(9);
    assertThat(firstTokens("usual")).isEqualTo(1);
  }

  @Test
  void an_answer_that_broke_off_was_paid_for_too() {
    var error = JobError.ours(ErrorCode.PROVIDER_TIMEOUT, "broke off", true);
    meters.ended(
        "usual", new ModelAnswer.Refused(error, Remedy.RETRY, null, result()), 2_000_000, null);

    assertThat(tokens("output")).isEqualTo(9);
    assertThat(firstTokens("usual")).isZero();
    assertThat(registry.get(CALLS).tag("error.type", "provider_timeout").timer().count())
        .isEqualTo(1);
  }

  @Test
  void a_call_that_was_cut_says_so() {
    meters.ended("usual", new ModelAnswer.Aborted(), 1, null);

    assertThat(registry.get(CALLS).tag("error.type", "canceled").timer().count()).isEqualTo(1);
  }

  @Test
  void of_the_names_that_clients_choose_fifty_are_told_apart() {
    IntStream.range(0, 80).forEach(i -> meters.ended("m" + i, answered(), 1, null));

    assertThat(models()).hasSize(51).contains("usual", "m0", "m48", "other").doesNotContain("m49");
  }

  @Test
  void a_name_that_never_answers_takes_no_place() {
    var error = JobError.ours(ErrorCode.MODEL_NOT_FOUND, "unknown", false);
    var refused = new ModelAnswer.Refused(error, Remedy.NONE, null, null);
    IntStream.range(0, 80).forEach(i -> meters.ended("no" + i, refused, 1, null));

    meters.ended("real", answered(), 1, null);

    assertThat(models()).containsExactlyInAnyOrder("usual", "real", "other");
  }

  private static ModelAnswer answered() {
    return new ModelAnswer.Completed(result());
  }

  private static JobResult result() {
    return new JobResult("ok", null, null, "m", USAGE, "stop");
  }

  private double tokens(String type) {
    return registry
        .get("gen_ai.client.token.usage")
        .tag("gen_ai.request.model", "usual")
        .tag("gen_ai.token.type", type)
        .summary()
        .totalAmount();
  }

  private long firstTokens(String model) {
    return registry
        .get("gen_ai.server.time_to_first_token")
        .tag("gen_ai.request.model", model)
        .timer()
        .count();
  }

  private List<String> models() {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .map(id -> String.valueOf(id.getTag("gen_ai.request.model")))
        .distinct()
        .toList();
  }
}
