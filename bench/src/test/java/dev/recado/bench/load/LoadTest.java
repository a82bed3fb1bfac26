package dev.recado.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final long STALL_MILLIS = 400;

  private final AtomicInteger served = new AtomicInteger();

  @Test
  void a_closed_loop_counts_every_answer_by_its_status() throws IOException {
    try (var server =
        new TinyServer(exchange -> {
          var refused = served.incrementAndGet() % 2 == 0;
          TinyServer.send(exchange, refused ? 503 : 202, "{}");
        })) {
      var tally = run(server.uri(), 4, Pace.asFastAsAnswered(), SHORT);

      assertThat(tally.total()).isPositive().isEqualTo(served.get());
      assertThat(tally.count(202) + tally.count(503)).isEqualTo(served.get());
      assertThat(tally.count(503)).isPositive();
      assertThatThrownBy(() -> tally.requireOnly(202)).hasMessageContaining("503");
    }
  }

  @Test
  void an_open_loop_sends_what_is_due_and_no_more() throws IOException {
    try (var server = answeringServer()) {
      var tally = run(server.uri(), 4, Pace.of(100), Duration.ofMillis(500));

      assertThat(tally.total()).isEqualTo(50).isEqualTo(served.get());
    }
  }

  @Test
  void an_open_loop_counts_the_wait_of_what_a_stall_has_kept_from_being_sent() throws IOException {
    try (var server = serverThatStallsOnce()) {
      var tally = run(server.uri(), 1, Pace.of(100), Duration.ofSeconds(1));

      // 40 requests fell due during the stall; half of them waited for half of it or longer.
      assertThat(tally.total()).isEqualTo(100);
      assertThat(tally.millis(85)).isGreaterThan(STALL_MILLIS / 2.0);
    }
  }

  @Test
  void loads_that_follow_each_other_share_connections_and_are_counted_together()
      throws IOException {
    try (var server = answeringServer();
        var connections = Connections.open(server.uri(), 2)) {
      var all = new Tally();
      for (var i = 0; i < 3; i++) {
        all.add(Load.run(connections, () -> Request.get(server.uri(), "/"), Pace.of(100), SHORT));
      }

      assertThat(all.total()).isEqualTo(90).isEqualTo(all.count(200)).isEqualTo(served.get());
      // 300 if only the last of the three had been timed.
      assertThat(all.perSecond(200)).isLessThan(150);
    }
  }

  @Test
  void a_server_that_hangs_up_ends_the_load() throws IOException {
    try (var server = new TinyServer(exchange -> exchange.close())) {
      assertThatThrownBy(() -> run(server.uri(), 1, Pace.asFastAsAnswered(), SHORT))
          .isInstanceOf(UncheckedIOException.class)
          .hasStackTraceContaining("hung up");
    }
  }

  @Test
  void a_round_trip_ends_with_the_result_and_is_timed_from_the_due_submit() throws IOException {
    try (var server =
        new TinyServer(exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            TinyServer.send(exchange, 202, "{\"job_id\":\"a\"}");
          } else {
            TinyServer.send(exchange, served.incrementAndGet() % 3 == 0 ? 200 : 202, "{}");
          }
        })) {
      var tally = RoundTrips.asking(server.uri(), "{}").run(Pace.of(20), SHORT);

      assertThat(tally.count(200)).isEqualTo(6).isEqualTo(tally.total());
      assertThat(served.get()).isGreaterThanOrEqualTo(18);
    }
  }

  @Test
  void who_waits_has_the_result_with_the_answer_to_the_submit() throws IOException {
    try (var server =
        new TinyServer(exchange -> {
          served.incrementAndGet();
          var prefer = exchange.getRequestHeaders().getFirst("Prefer");
          TinyServer.send(exchange, "wait=10".equals(prefer) ? 200 : 400, "{}");
        })) {
      var tally = RoundTrips.waiting(server.uri(), "{}").run(Pace.of(20), SHORT);

      assertThat(tally.count(200)).isEqualTo(6).isEqualTo(served.get());
    }
  }

  private TinyServer answeringServer() throws IOException {
    return new TinyServer(exchange -> {
      served.incrementAndGet();
      TinyServer.send(exchange, 200, "{}");
    });
  }

  private TinyServer serverThatStallsOnce() throws IOException {
    return new TinyServer(exchange -> {
      if (served.incrementAndGet() == 10) {
        pass(STALL_MILLIS);
      }
      TinyServer.send(exchange, 200, "{}");
    });
  }

  /** The stall is the fault under test; nothing ends it early. */
  private static void pass(long millis) {
    try {
      assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Tally run(URI server, int connections, Pace pace, Duration duration) {
    return Load.run(server, () -> Request.get(server, "/"), connections, pace, duration);
  }
}
