package dev.recado.app.memory;

import dev.recado.lifecycle.Rounds;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the heap in proportion to what lives in it. The serial collector, with which the program is
 * started, has no measure but the largest heap, a quarter of the machine's memory: until that is
 * full it does not look for garbage in the old generation. Under load a call that waits for its
 * model lives long enough to be moved there, and so a worker would grow by some 20 KB with each, to
 * gigabytes, and then stand still for as long as it takes to go through them.
 *
 * <p>With another collector, which has measures of its own, nothing is done.
 */
public final class HeapTidying implements AutoCloseable {
  private static final String OLD_GENERATION_OF_SERIAL = "Tenured Gen";
  private static final Duration SELDOM = Duration.ofSeconds(1);
  private static final Duration OFTEN = Duration.ofMillis(250);

  private final MemoryPoolMXBean oldGeneration;
  private final GarbageAllowance allowance;
  private final Rounds rounds;

  private HeapTidying(MemoryPoolMXBean oldGeneration) {
    this.oldGeneration = oldGeneration;
    this.allowance = new GarbageAllowance(used());
    this.rounds = new Rounds(Thread.ofVirtual().name("heap-tidying"), this::look);
  }

  /** Begins to look once a second, until it is closed; empty if this JVM's collector is another. */
  public static Optional<HeapTidying> start() {
    var tidying =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals(OLD_GENERATION_OF_SERIAL))
            .findFirst()
            .map(HeapTidying::new);
    tidying.ifPresent(it -> it.rounds.start());
    return tidying;
  }

  private Duration look() {
    return switch (allowance.look(used())) {
      case LEAVE -> SELDOM;
      case AWAIT_QUIET -> OFTEN;
      case COLLECT -> collect();
    };
  }

  private Duration collect() {
    System.gc();
    allowance.collected(used());
    return SELDOM;
  }

  private long used() {
    return oldGeneration.getUsage().getUsed();
  }

  @Override
  public void close() {
    rounds.close();
  }
}
