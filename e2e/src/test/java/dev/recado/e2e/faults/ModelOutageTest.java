package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model server, or the line to it, is bad for a while; no job fails for that. */
@Tag("process")
class ModelOutageTest {
  @RegisterExtension static final Harness HARNESS = new Harness();
  private static Cluster cluster;
  private static FaultProxy line;

  @BeforeAll
  static void startCluster() {
    var model = HARNESS.model();
    line = HARNESS.own(FaultProxy.to(model.port()));
    cluster =
        new Cluster(HARNESS, model, Map.of("MODEL_URL", "http://127.0.0.1:" + line.port() + "/v1"));
    cluster.up();
  }

  @Test
  void a_storm_of_429_fails_no_job() throws Exception {
    survives(refusing("429 storm", 429, Duration.ofSeconds(1)));
  }

  @Test
  void a_server_that_answers_503_for_a_while_fails_no_job() throws Exception {
    survives(refusing("503 for a while", 503, Duration.ofSeconds(1)));
  }

  @Test
  void a_server_that_answers_only_503_is_asked_little_and_its_return_is_noticed() throws Exception {
    var returned = new AtomicReference<Instant>();
    var outage = refusing("503 for 10 s", 503, Duration.ofSeconds(10));
    var before = cluster.model().refusedByPrompt().keySet();

    var figures = survives(outage.ending(() -> returned.set(Instant.now())));

    var refused = new HashMap<>(cluster.model().refusedByPrompt());
    refused.keySet().removeAll(before);
    var calls = refused.values().stream().mapToInt(Integer::intValue).sum();
    var noticed = Duration.between(returned.get(), figures.firstEndAfter(returned.get()));
    System.out.printf(
        "OUTAGE jobs %d | tried %d | calls %d | amplification %.3f | first result after %d ms%n",
        figures.accepted(),
        refused.size(),
        calls,
        calls / (double) refused.size(),
        noticed.toMillis());
    assertThat(calls).isLessThanOrEqualTo((int) (1.1 * refused.size()));
    // what is left of a pause: those of 1, 2, 4 and 8 s lie behind or around its return
    assertThat(noticed).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_silent_line_fails_no_job() throws Exception {
    survives(ailing("black hole before the model", new Ailment.Blackhole()));
  }

  @Test
  void streams_that_are_cut_fail_no_job() throws Exception {
    survives(ailing("answers cut after 300 bytes", new Ailment.CutAfter(300)));
  }

  @Test
  void a_moment_of_garbage_fails_no_job() throws Exception {
    // what is no HTTP is tried once more and no oftener, so it has to be over before that
    survives(ailing("garbage for answers", Duration.ofMillis(200), new Ailment.Garbage()));
  }

  @Test
  void a_line_that_resets_fails_no_job() throws Exception {
    survives(ailing("reset before the model", new Ailment.Reset()));
  }

  private static Figures survives(Outage outage) throws Exception {
    var figures = new FaultRun(cluster, Scale.configured()).survives(outage);

    // in the long run, more may be offered than can be done by its deadline
    assertThat(figures.history().attempts())
        .as("submits")
        .allMatch(Attempt::acknowledgedUnlessQueueWasFull);
    return figures;
  }

  private static Outage refusing(String name, int status, Duration lasts) {
    var model = cluster.model();
    var before = model.refusedByPrompt().size();
    return Outage.of(
            name,
            lasts,
            () -> model.refuseAll(status),
            model::answerAgain,
            _ -> model.refusedByPrompt().size() > before)
        .causing(4);
  }

  private static Outage ailing(String name, Ailment ailment) {
    return ailing(name, Duration.ofMillis(1_500), ailment);
  }

  private static Outage ailing(String name, Duration lasts, Ailment ailment) {
    var hurt = line.hurt();
    return Outage.of(
            name,
            lasts,
            () -> line.become(ailment),
            () -> line.become(new Ailment.None()),
            _ -> line.hurt() > hurt)
        .causing(4);
  }
}
