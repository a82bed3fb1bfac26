package dev.recado.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.faults.agent.Blow;
import dev.recado.lifecycle.FailPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Processes of one kind take turns at being struck, each time at the next of some failpoints. */
final class FailPointFault implements Fault {
  private final String name;
  private final Blow blow;
  private final Duration lease;
  private final List<FailPoint> points;
  private final Path folder;
  private final Function<Map<String, String>, RecadoProcess> start;
  private final Deque<Target> running = new ArrayDeque<>();
  private final List<Struck> struck = new ArrayList<>();

  private record Target(RecadoProcess process, Armed armed) {}

  /** A process, and where it was struck. */
  record Struck(RecadoProcess process, FailPoint point) {}

  /**
   * @param lease that of the workers
   * @param folder where the agents' files go
   * @param start starts a process with this environment
   */
  FailPointFault(
      String name,
      Blow blow,
      Duration lease,
      List<FailPoint> points,
      Path folder,
      Function<Map<String, String>, RecadoProcess> start,
      int processes) {
    this.name = name;
    this.blow = blow;
    this.lease = lease;
    this.points = points;
    this.folder = folder;
    this.start = start;
    for (var n = 0; n < processes; n++) {
      running.add(startTarget());
    }
  }

  private Target startTarget() {
    var armed = Armed.in(folder);
    return new Target(start.apply(armed.environment()), armed);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void strike() {
    var target = running.remove();
    var point = points.get(struck.size() % points.size());
    target.armed().arm(point, blow);
    target.armed().awaitReached(point);
    if (blow == Blow.KILL) {
      target.process().awaitExit(Duration.ofSeconds(10));
    } else if (blow == Blow.STOP) {
      await().until(target.process()::isStopped);
    }
    struck.add(new Struck(target.process(), point));
    running.add(target);
  }

  @Override
  public Duration lasts() {
    return blow == Blow.STOP ? Scale.beyond(lease) : Fault.super.lasts();
  }

  @Override
  public void heal() {
    if (blow == Blow.KILL) {
      running.removeLast();
      running.add(startTarget());
    } else if (blow == Blow.STOP) {
      running.getLast().process().resume();
    }
  }

  List<Struck> struck() {
    return List.copyOf(struck);
  }

  @Override
  public boolean wasFelt(History history) {
    return struck.stream().map(Struck::point).toList().containsAll(points);
  }

  /** One that stands still within a commit keeps the others from renewing their leases, too. */
  @Override
  public int deathsPerStrike() {
    return blow == Blow.TRIP ? 0 : 1;
  }

  /** An answer that was tripped over is asked for once more. */
  @Override
  public int furtherCallsPerStrike() {
    return blow == Blow.TRIP ? 1 : 0;
  }
}
