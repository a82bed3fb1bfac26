package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recado.job.Tenant;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The graceful stop. */
class StopTest {
  private static final String HEAD =
      """
      POST /api/predict HTTP/1.1
      Host: localhost
      Content-Type: application/json
      Content-Length: 13

      """
          .replace("\n", "\r\n");

  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  @Timeout(25)
  void a_request_that_has_begun_is_finished_and_no_other_is_taken() throws Exception {
    var port = web.port();
    try (var begun = new Socket(InetAddress.getLoopbackAddress(), port)) {
      begun.getOutputStream().write(HEAD.getBytes(StandardCharsets.UTF_8));
      begun.getOutputStream().write("{\"text\"".getBytes(StandardCharsets.UTF_8));
      begun.getOutputStream().flush();
      web.get("/healthz").expect(200);

      var stopping = Thread.ofPlatform().start(web.web::close);
      await().atMost(Duration.ofSeconds(5)).until(() -> !accepts(port));
      begun.getOutputStream().write(":\"Hi\"}".getBytes(StandardCharsets.UTF_8));
      var answer = new String(begun.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 202 ");
      stopping.join();
    }
    assertThat(web.store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  @Timeout(25)
  void a_request_that_waits_for_the_store_is_waited_for() throws Exception {
    try (var rival = DriverManager.getConnection(web.databaseUrl());
        var lock = rival.createStatement();
        var begun = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      lock.execute("BEGIN IMMEDIATE");
      var in = begun.getInputStream();
      var head = HEAD.replace("Host:", "Expect: 100-continue\r\nHost:");
      begun.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      assertThat(in.readNBytes(CONTINUE.length())).asString().isEqualTo(CONTINUE);
      begun.getOutputStream().write("{\"text\":\"Hi\"}".getBytes(StandardCharsets.UTF_8));

      var stopping = Thread.ofPlatform().start(web.web::close);
      // longer than Jetty leaves idle connections alone while it stops
      await().during(Duration.ofMillis(1_500)).until(() -> in.available() == 0);
      lock.execute("ROLLBACK");

      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("HTTP/1.1 202 ");
      stopping.join();
    }
  }

  @Test
  @Timeout(25)
  void whoever_comes_while_it_stops_is_sent_away() throws Exception {
    try (var begun = new Socket(InetAddress.getLoopbackAddress(), web.port());
        var late = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      begun.getOutputStream().write(HEAD.getBytes(StandardCharsets.UTF_8));
      late.getOutputStream()
          .write("GET /readyz HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.UTF_8));
      web.get("/healthz").expect(200);

      var stopping = Thread.ofPlatform().start(web.web::close);
      await().atMost(Duration.ofSeconds(5)).until(() -> !accepts(web.port()));
      late.getOutputStream().write("\r\n".getBytes(StandardCharsets.UTF_8));
      var answer = new String(late.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 503 ")
          .contains("Content-Type: application/problem+json")
          .contains("Retry-After: 2")
          .contains("\"code\":\"service_unavailable\"")
          .contains("the service is stopping");
      begun.getOutputStream().write("{\"text\":\"Hi\"}".getBytes(StandardCharsets.UTF_8));
      begun.getInputStream().readAllBytes();
      stopping.join();
    }
  }

  @Test
  @Timeout(25)
  void a_request_that_takes_too_long_is_broken_off_and_the_stop_goes_on() throws Exception {
    try (var rival = DriverManager.getConnection(web.databaseUrl());
        var lock = rival.createStatement();
        var begun = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
      lock.execute("BEGIN IMMEDIATE");
      begun.getOutputStream().write((HEAD + "{\"text\":\"Hi\"}").getBytes(StandardCharsets.UTF_8));
      web.get("/healthz").expect(200);

      assertThatCode(web.web::close).doesNotThrowAnyException();

      assertThat(begun.getInputStream().readAllBytes()).isEmpty();
      lock.execute("ROLLBACK");
    }
  }

  @Test
  @Timeout(10)
  void an_idle_server_stops_at_once_and_stopping_twice_does_nothing() {
    web.get("/healthz").expect(200);
    var begin = System.nanoTime();
    web.web.close();
    web.web.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
