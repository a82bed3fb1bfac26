package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.app.listen.WebhookListener;
import dev.recado.config.Secret;
import dev.recado.web.webhook.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver for trying webhooks out. */
class WebhookListenTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final String BODY = "{\"type\":\"job.failed\",\"data\":{\"id\":\"job-1\"}}";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Signer signer = new Signer(List.of(SECRET));

  @SuppressWarnings("NullAway.Init") // by start
  private WebhookListener listener;

  @BeforeEach
  void start() throws IOException {
    var out = new PrintStream(printed, true, UTF_8);
    listener = WebhookListener.start(0, signer, Clock.systemUTC(), out);
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  private int send(String body, String id, Instant at, String signature) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(listener.url()))
              .headers("webhook-id", id, "webhook-signature", signature)
              .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
              .POST(BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private int sendSigned(String body, Instant at) throws Exception {
    return send(body, "msg_1", at, signer.sign("msg_1", at, body.getBytes(UTF_8)));
  }

  @Test
  void a_signed_message_is_one_line() throws Exception {
    assertThat(sendSigned(BODY, Instant.now())).isEqualTo(204);
    assertThat(printed.toString(UTF_8))
        .isEqualToIgnoringNewLines("job.failed  job-1  msg_1  signature ok");
  }

  @Test
  void what_is_not_signed_as_it_should_be_is_refused() throws Exception {
    assertThat(send(BODY, "msg_1", Instant.now(), "v1,AAAA")).isEqualTo(401);
    assertThat(printed.toString(UTF_8)).contains("SIGNED WITH ANOTHER SECRET");
    assertThat(sendSigned(BODY, Instant.now().minusSeconds(400))).isEqualTo(401);
    assertThat(printed.toString(UTF_8)).contains("TOO OLD");
  }

  @Test
  void what_is_no_event_cannot_write_to_the_terminal() throws Exception {
    assertThat(sendSigned("{\"type\":\"\\u001b[2Jx\\n\"}", Instant.now())).isEqualTo(204);
    assertThat(sendSigned("no json", Instant.now())).isEqualTo(204);
    assertThat(printed.toString(UTF_8).lines())
        .containsExactly(
            "?[2Jx?  (no job)  msg_1  signature ok", "(no event)  (no job)  msg_1  signature ok");
  }

  @Test
  void a_submitted_job_is_told_of_when_it_has_ended(@TempDir Path folder) {
    var settings =
        Map.of("RECADO_WEBHOOK_SECRET", SECRET.reveal(), "RECADO_WEBHOOK_ALLOW_PRIVATE", "true");
    try (var recado = new RunningRecado(folder, settings)) {
      var run =
          CommandRun.of(
              Map.of("RECADO_URL", recado.url()),
              "",
              "submit",
              "--no-wait",
              "--webhook",
              listener.url(),
              "hello");

      assertThat(run.exitCode()).as(run.err()).isZero();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() ->
              assertThat(printed.toString(UTF_8))
                  .contains("job.succeeded  " + run.out().strip() + "  msg_")
                  .contains("signature ok"));
    }
  }
}
