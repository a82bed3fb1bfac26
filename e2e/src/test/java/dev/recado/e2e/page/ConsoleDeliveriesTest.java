package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.recado.e2e.Harness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who was told of a job's end, on the page of that job. */
@Tag("browser")
@Tag("soak")
class ConsoleDeliveriesTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_receiver_that_refuses_and_then_takes_is_followed_live() throws IOException {
    var status = new AtomicInteger(503);
    var receiver = receiver(status);
    var up =
        harness.up(
            Map.of(
                "MODEL_URL", harness.model().url(),
                "RECADO_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "RECADO_WEBHOOK_ALLOW_PRIVATE", "true"));
    var hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?secret=canary";
    var id =
        up.client().submit(Map.of("text", "tell me", "model", "fake?repeat=1", "webhook", hook));
    var page = harness.own(Browser.reading("en-US")).openConsole(up.uri()).go("#/jobs/" + id);

    page.awaitText("[data-panel=deliveries]", "HTTP 503");
    assertThat(page.text("[data-panel=deliveries]"))
        .contains("job.succeeded", "Waiting for its next try");
    assertThat(page.steps()).containsSubsequence("claimed", "succeeded", "delivery");
    assertThat(page.text("[data-event=claimed]")).contains("attempt 1").contains("on ");
    status.set(204);

    eventually().until(() -> page.text("[data-panel=deliveries]").contains("Delivered"));
    assertThat(page.text("[data-panel=deliveries]")).contains("HTTP 204");
    assertThat(page.text("body")).doesNotContain("canary");
  }

  private HttpServer receiver(AtomicInteger status) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status.get(), -1);
          }
        });
    server.start();
    harness.own(() -> server.stop(0));
    return server;
  }
}
