package dev.recado.e2e.faults;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.core.ConditionTimeoutException;

/** Load, strike, heal, drain, check. */
final class FaultRun {
  private static final int FEW_CALLS = 6;
  private static final Duration DRAIN = Duration.ofMinutes(Scale.configured().isLong() ? 20 : 5);

  private final Cluster cluster;
  private final Scale scale;
  private final int callsAtStrike;

  // several runs may share a cluster, one after the other
  private final String prefix = UUID.randomUUID() + " ";

  FaultRun(Cluster cluster, Scale scale) {
    this(cluster, scale, FEW_CALLS);
  }

  private FaultRun(Cluster cluster, Scale scale, int callsAtStrike) {
    this.cluster = cluster;
    this.scale = scale;
    this.callsAtStrike = callsAtStrike;
  }

  /**
   * The same, whose fault waits until so many calls are open: if one worker has fewer slots than
   * that, no single one can hold them all, and whichever is struck loses some.
   */
  FaultRun strikingAt(int openCalls) {
    return new FaultRun(cluster, scale, openCalls);
  }

  /** Fails unless the fault was felt and every job came to its one good end. */
  Figures survives(Fault fault) throws Exception {
    var history = endure(fault);
    var violations = Checker.violations(history);
    var figures = new Figures(history);
    System.out.println(figures.line(fault.name(), scale, violations.size()));
    assertThat(violations).as(fault.name() + ", seed " + scale.seed()).isEmpty();
    assertThat(history.strikes()).hasSize(scale.rounds());
    assertThat(fault.wasFelt(history)).as("%s was felt", fault.name()).isTrue();
    assertThat(figures.accepted()).as("accepted").isPositive();
    return figures;
  }

  private History endure(Fault fault) throws Exception {
    var generator = new LoadGenerator(cluster.api(), prefix, cluster::modelName, scale.perSecond());
    try (var nemesis = Executors.newSingleThreadExecutor()) {
      Future<List<Instant>> strikes = nemesis.submit(new Nemesis(fault, this::isUnderLoad, scale));
      var attempts = generator.run(0, () -> generator.isShortOf(scale.jobs()) || !strikes.isDone());
      var struck = strikes.get();
      var before = jobs();
      drain();
      return new History(
          attempts,
          before,
          jobs(),
          calls(),
          struck,
          fault.deathsPerStrike() * struck.size(),
          fault.furtherCallsPerStrike() * struck.size(),
          StoredJobs.examine(cluster.databaseUrl()));
    }
  }

  private boolean isUnderLoad() {
    return cluster.model().open() >= callsAtStrike;
  }

  private List<StoredJob> jobs() {
    return StoredJobs.read(cluster.databaseUrl()).stream()
        .filter(job -> job.label().startsWith(prefix))
        .toList();
  }

  private Map<String, Integer> calls() {
    return cluster.model().callsByPrompt().entrySet().stream()
        .filter(call -> call.getKey().startsWith(prefix))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Jobs that are still not done at the end of the bound are the checker's to name. */
  private void drain() {
    try {
      await().atMost(DRAIN).pollInterval(Duration.ofMillis(100)).until(this::isDrained);
    } catch (ConditionTimeoutException stuck) {
      System.out.println("Not drained within " + DRAIN);
    }
  }

  private boolean isDrained() {
    var queue = ApiClient.json(cluster.api().get("/api/queue"));
    return queue.get("queued").asInt() + queue.get("processing").asInt() == 0;
  }
}
