package dev.recado.web.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.standardwebhooks.Webhook;
import dev.recado.config.Secret;
import dev.recado.delivery.ClaimedDelivery;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CourierTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final byte[] BODY = "{\"type\":\"job.succeeded\"}".getBytes(UTF_8);
  private static final Reply FORBIDDEN = new Reply.Silence("leads to a private address");
  private static final Pace PACE =
      new Pace(8, 4, Duration.ofSeconds(1), Duration.ofMillis(1_500), Duration.ZERO);

  private final MockWebServer receiver = new MockWebServer();
  private final List<Courier> couriers = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    receiver.start();
  }

  @AfterEach
  void stop() {
    couriers.forEach(Courier::close);
    receiver.close();
  }

  private Courier courier(Reach reach, Dns names) {
    var courier = new Courier(new Signer(List.of(SECRET)), reach, PACE, names, Clock.systemUTC());
    couriers.add(courier);
    return courier;
  }

  private Reply send(Reach reach, Dns names, String host) {
    var url = "http://" + host + ":" + receiver.getPort() + "/hook?a=b";
    return courier(reach, names).carry(delivery(url), BODY);
  }

  private Reply send() {
    return send(Reach.ANYWHERE, Dns.SYSTEM, "localhost");
  }

  private static ClaimedDelivery delivery(String url) {
    return new ClaimedDelivery(
        "msg_1",
        Tenant.DEFAULT,
        new JobId("01a1fdfa-4600-76ec-bf1e-30bf11779443"),
        "job.succeeded",
        Instant.EPOCH,
        url,
        "x",
        1,
        1);
  }

  private void answers(int status, String... headers) {
    var answer = new MockResponse.Builder().code(status);
    for (var i = 0; i < headers.length; i += 2) {
      answer.addHeader(headers[i], headers[i + 1]);
    }
    receiver.enqueue(answer.build());
  }

  // ---- what is sent ----

  @Test
  void a_receiver_with_the_official_library_believes_the_message() throws Exception {
    answers(204);

    assertThat(send()).isEqualTo(new Reply.Answered(204, Duration.ZERO));

    var request = receiver.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget()).isEqualTo("/hook?a=b");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("webhook-id")).isEqualTo("msg_1");
    var body = request.getBody();
    assertThat(body).isNotNull();
    new Webhook(SECRET.reveal()).verify(body.utf8(), request.getHeaders().toMultimap());
  }

  // ---- what comes back ----

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void no_redirect_is_followed(int status) {
    answers(status, "Location", receiver.url("/elsewhere").toString());
    answers(200);

    assertThat(send()).isEqualTo(new Reply.Answered(status, Duration.ZERO));
    assertThat(receiver.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "0, 0", "-5, 0", "soon, 0", "99999999999, 0", "2147483648, 0"})
  void retry_after_is_read_in_seconds(String header, long seconds) {
    answers(503, "Retry-After", header);
    assertThat(send()).isEqualTo(new Reply.Answered(503, Duration.ofSeconds(seconds)));
  }

  @Test
  void retry_after_is_read_as_a_date() {
    answers(429, "Retry-After", "Fri, 31 Dec 2199 23:59:59 GMT");
    answers(429, "Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT");

    assertThat(send().advice()).isGreaterThan(Duration.ofDays(1_000));
    assertThat(send().advice()).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"amanhã", "1\u0001", "\u007f"})
  void advice_that_no_header_may_hold_is_no_advice(String header) throws IOException {
    try (var raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() ->
          answer(
              raw, "HTTP/1.1 200 OK\r\nRetry-After: " + header + "\r\nContent-Length: 0\r\n\r\n"));
      var url = "http://localhost:" + raw.getLocalPort() + "/";

      assertThat(courier(Reach.ANYWHERE, Dns.SYSTEM).carry(delivery(url), BODY))
          .isEqualTo(new Reply.Answered(200, Duration.ZERO));
    }
  }

  private static void answer(ServerSocket server, String answer) {
    try (var socket = server.accept()) {
      socket.getOutputStream().write(answer.getBytes(UTF_8));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The client has hung up, with the answer or without.
      return;
    }
  }

  @Test
  void a_receiver_that_hangs_is_left_in_time() {
    receiver.enqueue(
        new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    var begin = System.nanoTime();

    assertThat(send()).isEqualTo(new Reply.Silence("did not answer in time"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(PACE.call(), PACE.call().plusSeconds(2));
  }

  @Test
  void a_silence_is_borne_for_as_long_as_the_whole_call_may_take() {
    var http = Courier.client(Dns.SYSTEM, Reach.PUBLIC, Pace.usual());

    assertThat(http.callTimeoutMillis()).isEqualTo(15_000);
    assertThat(http.readTimeoutMillis()).isGreaterThanOrEqualTo(http.callTimeoutMillis());
    assertThat(http.writeTimeoutMillis()).isGreaterThanOrEqualTo(http.callTimeoutMillis());
  }

  @Test
  void an_answer_without_end_is_not_read() throws IOException {
    try (var endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var server = Thread.startVirtualThread(() -> answerWithoutEnd(endless));
      var url = "http://localhost:" + endless.getLocalPort() + "/";
      var begin = System.nanoTime();

      assertThat(courier(Reach.ANYWHERE, Dns.SYSTEM).carry(delivery(url), BODY))
          .isEqualTo(new Reply.Answered(200, Duration.ZERO));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PACE.call());
      server.interrupt();
    }
  }

  private static void answerWithoutEnd(ServerSocket server) {
    try (var socket = server.accept()) {
      var out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
      for (; ; ) {
        out.write("5\r\nhello\r\n".getBytes(UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      // The client has hung up, as it should.
      return;
    }
  }

  @Test
  void a_name_service_that_hangs_is_left_in_time() {
    Dns hanging =
        hostname -> {
          try {
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    assertThat(send(Reach.ANYWHERE, hanging, "slow.example"))
        .isEqualTo(new Reply.Silence("was not found"));
  }

  @Test
  void what_went_wrong_is_said_without_addresses() {
    Dns none =
        hostname -> {
          throw new UnknownHostException(hostname);
        };
    assertThat(send(Reach.ANYWHERE, none, "nowhere.example"))
        .isEqualTo(new Reply.Silence("was not found"));
    receiver.close();
    assertThat(send()).isEqualTo(new Reply.Silence("refused the connection"));
  }

  // ---- where it may go ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "localhost",
        "LOCALHOST",
        "localhost."
      })
  void this_machine_is_not_called_in_whatever_spelling(String host) {
    answers(200);

    assertThat(send(Reach.PUBLIC, Dns.SYSTEM, host)).isInstanceOf(Reply.Silence.class);
    assertThat(receiver.getRequestCount()).isZero();
  }

  @Test
  void a_literal_address_is_refused_without_any_name_service() {
    answers(200);
    Dns unasked =
        hostname -> {
          throw new AssertionError("asked for " + hostname);
        };
    assertThat(send(Reach.PUBLIC, unasked, "127.0.0.1")).isEqualTo(FORBIDDEN);
    assertThat(receiver.getRequestCount()).isZero();
  }

  @Test
  void a_public_name_that_leads_inside_is_refused() {
    answers(200);
    Dns inside = hostname -> List.of(InetAddress.getLoopbackAddress());

    assertThat(send(Reach.PUBLIC, inside, "inside.example")).isEqualTo(FORBIDDEN);
    assertThat(receiver.getRequestCount()).isZero();
  }

  @Test
  void a_name_with_one_private_address_among_public_ones_is_refused() {
    answers(200);
    Dns mixed =
        hostname -> List.of(InetAddress.ofLiteral("8.8.8.8"), InetAddress.getLoopbackAddress());

    assertThat(send(Reach.PUBLIC, mixed, "mixed.example")).isEqualTo(FORBIDDEN);
    assertThat(receiver.getRequestCount()).isZero();
  }

  @Test
  void a_name_is_looked_up_once_so_that_it_cannot_change_between_look_and_call() {
    answers(200);
    var lookups = new AtomicInteger();
    Dns rebinding =
        hostname ->
            lookups.incrementAndGet() == 1
                ? List.of(InetAddress.getLoopbackAddress())
                : List.of(InetAddress.ofLiteral("10.0.0.1"));

    assertThat(send(Reach.ANYWHERE, rebinding, "rebinding.example"))
        .isEqualTo(new Reply.Answered(200, Duration.ZERO));
    assertThat(lookups).hasValue(1);
  }

  @Test
  void the_socket_itself_refuses_what_a_lookup_let_through() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.getPort());
    try (var socket = new GuardedSockets(Reach.PUBLIC).createSocket()) {
      assertThat(catchThrowable(() -> socket.connect(address)))
          .isInstanceOf(PrivateAddressException.class);
      assertThat(socket.isConnected()).isFalse();
    }
    try (var socket = new GuardedSockets(Reach.ANYWHERE).createSocket()) {
      socket.connect(address);
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void a_proxy_from_the_environment_is_not_used() {
    answers(200);
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "1");
    System.setProperty("http.nonProxyHosts", "");
    try {
      assertThat(send()).isEqualTo(new Reply.Answered(200, Duration.ZERO));
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("http.nonProxyHosts");
    }
  }
}
