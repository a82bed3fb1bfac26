package dev.recado.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.rabbitmq.client.ConnectionFactory;
import dev.recado.config.BrokerSettings;
import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import dev.recado.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.jspecify.annotations.Nullable;

/**
 * A {@code rabbitmq-server} of the machine's own package, as a private node: own ports on the
 * loopback interface, own folder, own cookie, own epmd. It does not outlive the JVM, however that
 * ends. Not thread-safe.
 */
public final class PrivateBroker implements TestBroker {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final BrokerFolder folder = new BrokerFolder();
  private @Nullable Process group;

  /** Whether this machine has the package. */
  public static boolean isInstalled() {
    return BrokerFolder.findServer().isPresent();
  }

  /** A broker that runs. */
  public static PrivateBroker started() {
    var broker = new PrivateBroker();
    try {
      broker.start();
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** A broker that is not running yet. */
  public static PrivateBroker notStarted() {
    return new PrivateBroker();
  }

  private PrivateBroker() {}

  @Override
  public BrokerSettings settings() {
    return new BrokerSettings(
        new HostAndPort(new Host("127.0.0.1"), folder.port()),
        "guest",
        new Secret("guest"),
        "/",
        false);
  }

  /** Starts it, and waits until it takes connections. */
  public void start() {
    launch();
    try {
      Awaitility.await()
          .atMost(START)
          .failFast("it ended", () -> !isRunning())
          .until(this::takesConnections);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw new IllegalStateException("The broker did not start:\n" + folder.log(), e);
    }
  }

  /** Starts it, and does not wait. */
  public void launch() {
    if (isRunning()) {
      throw new IllegalStateException("It runs already");
    }
    group = folder.launch();
  }

  /** Stops it in order, as an operator would. */
  public void stop() {
    beam().destroy();
    awaitEnd();
  }

  /** Kills it without a word: {@code kill -9} of the Erlang machine itself. */
  public void kill() {
    beam().destroyForcibly();
    awaitEnd();
  }

  /** Has it stand still, with all its connections open: {@code kill -STOP}. */
  public void freeze() {
    signal("STOP");
  }

  /** Has it go on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(beam().pid()));
    try {
      if (kill.start().waitFor() != 0) {
        throw new IllegalStateException("It takes no signal");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Restarts the broker inside its running node: quicker than stop and start. */
  public void bounce() {
    ctl("eval", "ok = rabbit:stop(), ok = rabbit:start().");
  }

  /** Throws away all it has on disk. It must not be running. */
  public void wipe() {
    folder.wipe();
  }

  /** Whether its processes are there. */
  public boolean isRunning() {
    return group != null && group.isAlive();
  }

  @Override
  public String ctl(String... command) {
    return folder.ctl(List.of(command));
  }

  @Override
  public void close() {
    endGroup();
    folder.delete();
  }

  /** Where it keeps its data and its log. */
  public Path path() {
    return folder.path();
  }

  private ProcessHandle beam() {
    if (group == null) {
      throw new IllegalStateException("It was never started");
    }
    return group
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/beam.smp"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("It does not run"));
  }

  private void awaitEnd() {
    Awaitility.await().atMost(STOP).until(() -> !hasBeam());
    endGroup();
  }

  private boolean hasBeam() {
    return group != null
        && group
            .descendants()
            .anyMatch(process -> process.info().command().orElse("").endsWith("/beam.smp"));
  }

  private void endGroup() {
    if (group == null) {
      return;
    }
    try {
      // The group's shell takes this as the sign to kill all of it.
      group.getOutputStream().close();
      if (!group.waitFor(STOP.toSeconds(), SECONDS)) {
        throw new IllegalStateException("The broker's processes do not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    group = null;
  }

  private boolean takesConnections() {
    var factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(folder.port());
    factory.setHandshakeTimeout(1_000);
    try (var connection = factory.newConnection("is it up?")) {
      return connection.isOpen();
    } catch (IOException | TimeoutException notYet) {
      return false;
    }
  }
}
