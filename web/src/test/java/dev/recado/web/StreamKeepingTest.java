package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.JobEvent;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Settlement;
import dev.recado.web.stream.StreamSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How streams are kept: alive, apart from each other, in bounds, and not a moment too long. */
@Timeout(30)
class StreamKeepingTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration NEVER = Duration.ofHours(1);

  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final LocalJobEvents bus = new LocalJobEvents();

  private StreamServer server(int most, Duration look, Duration keepalive) {
    return StreamServer.start(web.store, bus, new StreamSettings(most, look, keepalive));
  }

  private EventReader open(JobId job) {
    return EventReader.open(web.port(), "/api/jobs/" + job + "/events");
  }

  @Test
  void silence_is_broken_by_comments_without_id() {
    var id = web.submit("Hi");
    try (var server = server(1, SOON, SOON.multipliedBy(3));
        var stream = server.open(id)) {
      stream.expectStatus("0.0", "queued");
      var comment = new EventReader.Event(": keepalive", "", "");
      assertThat(stream.next()).hasValue(comment);
      assertThat(stream.next()).hasValue(comment);
    }
  }

  @Test
  void a_change_that_the_bus_tells_of_is_passed_on_without_waiting_for_the_next_look() {
    var id = web.submit("Hi");
    try (var server = server(2, NEVER, NEVER);
        var one = server.open(id);
        var two = server.open(id)) {
      one.expectStatus("0.0", "queued");
      two.expectStatus("0.0", "queued");
      web.finish(Samples.success());
      bus.publish(new JobEvent.StateChanged(id, JobState.SUCCEEDED));
      one.expectCompleted("1.3", "succeeded");
      two.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void a_client_that_hangs_up_makes_room_at_once_and_its_job_goes_on() {
    var id = web.submit("Hi");
    try (var server = server(1, SOON, NEVER)) {
      try (var stream = server.open(id)) {
        stream.expectStatus("0.0", "queued");
        try (var refused = server.open(id)) {
          assertThat(refused.status()).isEqualTo(503);
        }
      }
      await().atMost(Duration.ofSeconds(2)).until(() -> isServed(server, id));
      assertThat(web.get("/api/jobs/" + id).member("status")).isEqualTo("queued");
    }
  }

  private static boolean isServed(StreamServer server, JobId id) {
    try (var stream = server.open(id)) {
      return stream.status() == 200;
    }
  }

  @Test
  void a_stream_that_has_ended_makes_room() {
    var id = web.submit("Hi");
    web.finish(Samples.success());
    try (var server = server(1, NEVER, NEVER)) {
      for (var i = 0; i < 3; i++) {
        await().atMost(Duration.ofSeconds(2)).until(() -> isServed(server, id));
      }
    }
  }

  @Test
  void a_client_that_does_not_read_holds_nobody_up() throws IOException {
    var heavy = web.submit("Hi");
    web.finish(new Settlement.Succeed(Samples.result("long ".repeat(2_000_000))));
    var light = web.submit("Hi");
    try (var idle = new Socket(InetAddress.getLoopbackAddress(), web.port());
        var stream = open(light)) {
      var request = "GET /api/jobs/" + heavy + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
      idle.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      stream.expectStatus("0.0", "queued");
      web.finish(Samples.success());
      stream.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void a_store_that_is_away_ends_no_stream() {
    var id = web.submit("Hi");
    try (var server = server(1, SOON, SOON.multipliedBy(3));
        var stream = server.open(id)) {
      stream.expectStatus("0.0", "queued");
      web.store.close();
      assertThat(stream.next().orElseThrow().name()).isEqualTo(": keepalive");
      assertThat(stream.next().orElseThrow().name()).isEqualTo(": keepalive");
    }
  }

  @Test
  void a_web_that_stops_ends_its_streams_first() {
    var id = web.submit("Hi");
    try (var stream = open(id)) {
      stream.expectStatus("0.0", "queued");
      var begin = System.nanoTime();
      web.web.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(stream.next()).isEmpty();
    }
  }

  @Test
  @Timeout(60)
  void a_thousand_streams_are_served_and_not_one_more() throws IOException {
    var id = web.submit("Hi");
    var request = "GET /api/jobs/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    var before = Thread.getAllStackTraces().size();
    var streams = new ArrayList<Socket>();
    try {
      for (var i = 0; i < 1_000; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), web.port());
        streams.add(socket);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      // none of the platform's own: getAllStackTraces does not count virtual threads
      assertThat(Thread.getAllStackTraces().size()).isLessThan(before + 50);
      var refused = web.get("/api/jobs/" + id + "/events");
      refused.expectProblem(503, "too_many_streams");
      assertThat(refused.header("Retry-After")).hasValue("5");

      web.finish(Samples.success());
      for (var socket : streams) {
        var rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(rest).startsWith("TTP/1.1 200 ").contains("id: 0.0\n", "id: 1.3\n");
      }
    } finally {
      for (var socket : streams) {
        socket.close();
      }
    }
  }
}
