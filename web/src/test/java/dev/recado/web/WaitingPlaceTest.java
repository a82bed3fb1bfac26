package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The places of those who wait for their answer. */
@Timeout(60)
class WaitingPlaceTest {
  private static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String HO = HI.replace("Hi", "Ho");
  private static final String TEXT = "{\"text\":\"Hi\"}";
  private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
  private static final Duration SOME_LOOKS = Duration.ofMillis(2_500);
  private static final int SECONDS = 20;

  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    clients.shutdownNow();
  }

  @Test
  void a_conversation_that_nobody_could_wait_for_is_not_accepted() throws Exception {
    try (var server = WaitingServer.start(web, 1)) {
      var first = clients.submit(() -> server.ask(HI, "k1"));
      web.awaitQueued(1);

      var refused = server.ask(HO, "k2").expect(503);

      assertThat(refused.member("error/code")).isEqualTo("too_many_waiting");
      assertThat(refused.header("Retry-After")).hasValue("5");
      assertThat(refused.header("X-Job-Id")).isEmpty();
      assertThat(web.store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
      web.finish(Samples.success());
      first.get(SECONDS, TimeUnit.SECONDS).expect(200);
    }
  }

  @Test
  void whoever_was_answered_or_refused_keeps_no_place() throws Exception {
    try (var server = WaitingServer.start(web, 1)) {
      var first = clients.submit(() -> server.ask(HI, "k1"));
      web.awaitQueued(1);
      web.finish(Samples.success());
      first.get(SECONDS, TimeUnit.SECONDS).expect(200);

      for (var i = 0; i < 3; i++) {
        server.ask(HO, "k1").expect(422);
        server.ask(HI, "k1").expect(200);
      }
    }
  }

  @Test
  void a_client_that_hangs_up_makes_room_and_its_job_goes_on() throws Exception {
    for (var request : List.of(post("/api/predict", TEXT), post(ChatTest.CHAT, HI))) {
      try (var _ = send(request)) {
        await().until(() -> waiting() == 1);
      }
      await().until(() -> waiting() == 0);
    }
    assertThat(web.store.queue(Tenant.DEFAULT).queued()).isEqualTo(2);
  }

  @Test
  void what_a_client_sends_while_it_waits_is_dropped_and_its_connection_ends() throws Exception {
    try (var socket = send(post("/api/predict", TEXT))) {
      await().until(() -> waiting() == 1);
      write(socket, HEALTH + "\r\n");
      await().during(SOME_LOOKS).until(() -> waiting() == 1);
      web.finish(Samples.success());

      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").contains("Connection: close\r\n");
    }
  }

  @Test
  void the_connection_of_a_client_that_waits_in_silence_is_kept() throws Exception {
    try (var socket = send(post("/api/predict", TEXT))) {
      await().until(() -> waiting() == 1);
      await().during(SOME_LOOKS).until(() -> waiting() == 1);
      web.finish(Samples.success());
      assertThat(socket.getInputStream().read()).isEqualTo('H');

      write(socket, HEALTH + "Connection: close\r\n\r\n");

      assertThat(rest(socket)).containsSubsequence("TTP/1.1 200 ", "Claro!", "HTTP/1.1 200 ");
    }
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=40\r\n".formatted(path)
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private Socket send(String request) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), web.port());
    socket.setSoTimeout(SECONDS * 1_000);
    write(socket, request);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private int waiting() {
    var gauge = web.metrics.registry().get("recado.web.held.requests").tag("kind", "wait").gauge();
    return (int) gauge.value();
  }
}
