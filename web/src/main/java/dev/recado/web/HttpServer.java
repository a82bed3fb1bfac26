package dev.recado.web;

import dev.recado.config.HostAndPort;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.web.problem.JettyProblems;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty the way we want it: bounded, strict about what it reads, every request on its own thread.
 */
final class HttpServer {
  private static final Log log = Log.of(HttpServer.class);
  private static final Duration IDLE = Duration.ofSeconds(30);
  // Requests take milliseconds, and what a process may take to stop is for the worker's calls.
  private static final Duration DRAIN = Duration.ofSeconds(4);
  private static final int HEADER_BYTES = 8_192;
  private static final int MOST_CONNECTIONS = 10_000;

  /** How many of them may be held for those who wait, so that others are answered all the same. */
  static final int MOST_WAITING = MOST_CONNECTIONS / 2;

  // as Jetty has it
  private static final int MOST_THREADS = 200;
  private static final int LEAST_THREADS = 8;

  private HttpServer() {}

  static Server create() {
    return create(MOST_CONNECTIONS);
  }

  /** With so many connections at most. */
  static Server create(int mostConnections) {
    var server = new Server(threads());
    server.setHandler(new GracefulHandler());
    server.setErrorHandler(new JettyProblems());
    server.setStopTimeout(DRAIN.toMillis());
    server.addBean(new ConnectionBound(mostConnections, server));
    return server;
  }

  /** Platform threads for the selectors only; whatever may block gets a virtual one. */
  private static QueuedThreadPool threads() {
    // Jetty's own queue fits itself to the length of a cache line. To learn that it sets up all
    // management of the JVM, which takes a tenth of a second at each start.
    var threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, new LinkedBlockingQueue<>());
    threads.setName("web");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("web-"));
    return threads;
  }

  static ServerConnector listen(Server server, HostAndPort address) {
    var connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(strict()));
    connector.setHost(address.host().name());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.addBean(new HeadDeadline(connector));
    return connector;
  }

  /** Lets nothing new in, waits for what runs, and breaks off what takes too long. */
  static void stop(Server server) {
    try {
      server.stop();
    } catch (TimeoutException tooLong) {
      log.tell(LogEvent.REQUESTS_BROKEN_OFF, DRAIN.toSeconds());
    } catch (Exception e) {
      log.tellWhy(e, LogEvent.PART_STOP_FAILED, "HTTP");
    }
  }

  private static HttpConfiguration strict() {
    var configuration = new HttpConfiguration();
    // Not Javalin's LEGACY, which lets paths through that two readers read in two ways.
    configuration.setUriCompliance(UriCompliance.DEFAULT);
    configuration.addCustomizer(new PlainModelNames());
    configuration.setRequestHeaderSize(HEADER_BYTES);
    configuration.setSendServerVersion(false);
    return configuration;
  }
}
