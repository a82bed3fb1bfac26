package dev.recado.bench.scenario;

import dev.recado.bench.load.Load;
import dev.recado.bench.load.Pace;
import dev.recado.bench.load.Request;
import dev.recado.bench.load.Tally;
import dev.recado.bench.machine.Contender;
import dev.recado.bench.machine.Installation;
import dev.recado.bench.machine.Workplace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Where and for how long scenarios measure.
 *
 * @param seconds how long load is put on a system, once it is warm
 * @param mostRows the largest store that growth is measured at
 */
public record Lab(Workplace workplace, int seconds, int mostRows) {
  /** About 200 bytes of text, as in a short question. */
  static final String JOB =
      "{\"text\":\"" + "Olá, você pode me ajudar com este texto? ".repeat(5).strip() + "\"}";

  private static final int CONNECTIONS = 32;
  private static final Duration WARM = Duration.ofSeconds(40);

  /** Those of them that this machine can run; says which it can not. */
  List<Contender> present(Contender... contenders) {
    return Arrays.stream(contenders).filter(this::isPresent).toList();
  }

  private boolean isPresent(Contender contender) {
    var lacking = contender.lacks(workplace);
    if (!lacking.isEmpty()) {
      System.out.printf("  %s is left out: there is no %s here%n", contender.title(), lacking);
    }
    return lacking.isEmpty();
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  /**
   * How long each kind of request is made before it is measured, the same for everybody: what is
   * looked at here is how a server runs, not how it starts.
   */
  Duration warmUp() {
    return Duration.ofSeconds(15);
  }

  /** Submits over 32 connections, as fast as they are answered. */
  static Tally submit(Installation installation, Duration duration) {
    var request = Request.post(installation.uri(), "/predict", JOB);
    var pace = Pace.asFastAsAnswered();
    var tally = Load.run(installation.uri(), () -> request, CONNECTIONS, pace, duration);
    tally.requireOnly(202);
    return tally;
  }

  /**
   * So much load that the system is warm, and the end of all that came of it. Java's compiler takes
   * up to a processor meanwhile: for ten seconds where one Java runs, for thirty where two share
   * two processors with their broker.
   */
  void warm(Installation installation) {
    submit(installation, WARM);
    installation.awaitDrained();
  }
}
