package dev.recado.e2e.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Strikes with one fault, heals it, and again: as often and at such times as its seed says. */
final class Nemesis implements Callable<List<Instant>> {
  private static final Duration LOADED = Duration.ofSeconds(60);
  private static final Duration LEAST_CALM = Duration.ofMillis(800);

  /** What it takes to start a process in the place of a killed one. */
  private static final Duration MENDING = Duration.ofSeconds(2);

  private final Fault fault;
  private final BooleanSupplier underLoad;
  private final Scale scale;
  private final Random random;

  /**
   * @param underLoad a fault of an idle system shows nothing: it strikes when this holds
   */
  Nemesis(Fault fault, BooleanSupplier underLoad, Scale scale) {
    this.fault = fault;
    this.underLoad = underLoad;
    this.scale = scale;
    this.random = new Random(scale.seed());
  }

  /** When it struck. */
  @Override
  public List<Instant> call() throws InterruptedException {
    var strikes = new ArrayList<Instant>();
    for (var round = 0; round < scale.rounds(); round++) {
      pause(calm());
      await().atMost(LOADED).pollInterval(Duration.ofMillis(2)).until(underLoad::getAsBoolean);
      strikes.add(Instant.now());
      fault.strike();
      pause(fault.lasts());
      fault.heal();
    }
    return strikes;
  }

  private Duration calm() {
    var spread = scale.betweenStrikes().minus(fault.lasts()).minus(MENDING);
    return spread.compareTo(LEAST_CALM) > 0 ? spread : LEAST_CALM;
  }

  /** Between three quarters and five quarters of this. */
  private void pause(Duration about) throws InterruptedException {
    Thread.sleep(about.multipliedBy(75 + random.nextInt(51)).dividedBy(100));
  }
}
