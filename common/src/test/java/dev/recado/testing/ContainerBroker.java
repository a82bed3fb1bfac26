package dev.recado.testing;

import dev.recado.config.BrokerSettings;
import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import dev.recado.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/** A RabbitMQ 4 in a container. */
public final class ContainerBroker implements TestBroker {
  private final RabbitMQContainer container;

  private ContainerBroker(RabbitMQContainer container) {
    this.container = container;
  }

  /** Whether there is a Docker engine to run it. */
  public static boolean isPossible() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** A broker that runs. */
  public static ContainerBroker started() {
    var container = new RabbitMQContainer(DockerImageName.parse("rabbitmq:4-management"));
    container.start();
    return new ContainerBroker(container);
  }

  @Override
  public BrokerSettings settings() {
    return new BrokerSettings(
        new HostAndPort(new Host(container.getHost()), container.getAmqpPort()),
        container.getAdminUsername(),
        new Secret(container.getAdminPassword()),
        "/",
        false);
  }

  @Override
  public String ctl(String... command) {
    var line = new ArrayList<>(List.of("rabbitmqctl", "--quiet"));
    line.addAll(List.of(command));
    try {
      var result = container.execInContainer(line.toArray(String[]::new));
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(line + " failed: " + result.getStderr());
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
