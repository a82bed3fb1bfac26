package dev.recado.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.recado.config.BrokerSettings;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/** Opens connections the way all of ours are. */
final class Connector {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration RPC = Duration.ofSeconds(10);

  /** A dead line is noticed after two of these; the broker's advice is 5 to 20 s. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final BrokerSettings broker;
  private final String purpose;
  // Deliveries of a channel come one after the other all the same; an idle pool keeps no thread.
  private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();

  Connector(BrokerSettings broker, String purpose) {
    this.broker = broker;
    this.purpose = purpose;
  }

  LiveConnection connect(Runnable whenReady)
      throws IOException, TimeoutException, GeneralSecurityException {
    var socket = new AtomicReference<>(new Socket());
    var factory = factory();
    factory.setSocketConfigurator(opened -> {
      opened.setTcpNoDelay(true);
      socket.set(opened);
    });
    Connection connection = factory.newConnection(deliveries, purpose);
    return new LiveConnection(connection, socket.get(), whenReady);
  }

  private ConnectionFactory factory() throws GeneralSecurityException {
    var factory = new ConnectionFactory();
    factory.setHost(broker.address().host().name());
    factory.setPort(broker.address().port());
    factory.setVirtualHost(broker.virtualHost());
    factory.setUsername(broker.user());
    factory.setPassword(broker.password().reveal());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setConnectionTimeout((int) CONNECT.toMillis());
    factory.setHandshakeTimeout((int) CONNECT.toMillis());
    factory.setChannelRpcTimeout((int) RPC.toMillis());
    // What the broker has let in must reach us, or it comes again on each connection and ends it.
    factory.setMaxInboundMessageBodySize(Integer.MAX_VALUE);
    factory.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
    factory.setThreadFactory(Thread.ofPlatform().name(purpose + " ", 0).daemon().factory());
    factory.setExceptionHandler(new QuietExceptionHandler());
    // Without one, the last flush of a socket that nobody reads would never end.
    factory.setShutdownExecutor(deliveries);
    if (broker.tls()) {
      factory.useSslProtocol(SSLContext.getDefault());
      factory.enableHostnameVerification();
    }
    return factory;
  }
}
