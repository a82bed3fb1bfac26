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
  private static final String NEW_OBJECTS_OF_SERIAL = "Eden Space";
  private static final Duration SELDOM = Duration.ofSeconds(1);
  private static final Duration OFTEN = Duration.ofMillis(250);

  private final MemoryPoolMXBean oldGeneration;
  private final MemoryPoolMXBean newObjects;
  private final GarbageAllowance allowance;
  private final Rounds rounds;

  private HeapTidying(MemoryPoolMXBean oldGeneration, MemoryPoolMXBean newObjects) {
    this.oldGeneration = oldGeneration;
    this.newObjects = newObjects;
    this.allowance = new GarbageAllowance(used(oldGeneration));
    this.rounds = new Rounds(Thread.ofVirtual().name("heap-tidying"), this::look);
  }

  /** Begins to look once a second, until it is closed; empty if this JVM's collector is another. */
  public static Optional<HeapTidying> start() {
    var tidying =
        pool(OLD_GENERATION_OF_SERIAL)
            .flatMap(old -> pool(NEW_OBJECTS_OF_SERIAL).map(eden -> new HeapTidying(old, eden)));
    tidying.ifPresent(it -> it.rounds.start());
    return tidying;
  }

  private static Optional<MemoryPoolMXBean> pool(String name) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(name))
        .findFirst();
  }

  private Duration look() {
    return switch (allowance.look(used(oldGeneration), used(newObjects))) {
      case LEAVE -> SELDOM;
      case AWAIT_QUIET -> OFTEN;
      case COLLECT -> collect();
    };
  }

  private Duration collect() {
    System.gc();
    allowance.collected(used(oldGeneration));
    return SELDOM;
  }

  private static long used(MemoryPoolMXBean pool) {
    return pool.getUsage().getUsed();
  }

  @Override
  public void close() {
    rounds.close();
  }
}
