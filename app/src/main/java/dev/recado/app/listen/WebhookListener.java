package dev.recado.app.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.recado.web.webhook.Signer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes webhooks on this machine, checks their signatures and prints a line for each. It answers
 * 204, or 401 to what is not signed as it should be.
 */
public final class WebhookListener implements AutoCloseable {
  /** As the specification advises: an old message that is sent again by a stranger is refused. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int LARGEST = 1_000_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Signer signer;
  private final Clock clock;
  private final PrintStream out;

  private WebhookListener(HttpServer server, Signer signer, Clock clock, PrintStream out) {
    this.server = server;
    this.signer = signer;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Listens on loopback.
   *
   * @param port where; 0 takes a free one
   * @param signer knows the secret
   * @param out gets a line for each message
   */
  public static WebhookListener start(int port, Signer signer, Clock clock, PrintStream out)
      throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, 0);
    var listener = new WebhookListener(server, signer, clock, out);
    server.setExecutor(listener.threads);
    server.createContext("/", listener::take);
    server.start();
    return listener;
  }

  /** What to give as the webhook. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(LARGEST);
      var complaint = complaint(exchange, body);
      out.println(line(exchange, body, complaint));
      exchange.sendResponseHeaders(complaint.isEmpty() ? 204 : 401, -1);
    }
  }

  private Optional<String> complaint(HttpExchange exchange, byte[] body) {
    var id = header(exchange, "webhook-id");
    var signature = header(exchange, "webhook-signature");
    var at = time(header(exchange, "webhook-timestamp"));
    if (id == null || signature == null || at == null) {
      return Optional.of("NOT SIGNED");
    }
    if (Duration.between(at, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      return Optional.of("TOO OLD, OR A CLOCK IS WRONG");
    }
    return signer.isSigned(signature, id, at, body)
        ? Optional.empty()
        : Optional.of("SIGNED WITH ANOTHER SECRET");
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static @Nullable Instant time(@Nullable String seconds) {
    return seconds != null && seconds.matches("[0-9]{1,11}")
        ? Instant.ofEpochSecond(Long.parseLong(seconds))
        : null;
  }

  private static String line(HttpExchange exchange, byte[] body, Optional<String> complaint) {
    var event = json(body);
    return "%s  %s  %s  %s"
        .formatted(
            printable(event.path("type").asString("(no event)")),
            printable(event.path("data").path("id").asString("(no job)")),
            printable(String.valueOf(header(exchange, "webhook-id"))),
            complaint.orElse("signature ok"));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException notJson) {
      return JsonMapper.shared().missingNode();
    }
  }

  /** Whoever reaches the port may send anything, and it goes to a terminal. */
  private static String printable(String text) {
    var shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return shown.replaceAll("[^!-~…()& ]", "?");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
