package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.JobEvent;
import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.web.EventReader.Event;
import dev.recado.web.stream.StreamSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of an answer in {@code GET /api/jobs/{id}/events}: all of it, once, in order. */
@Timeout(60)
class StreamTextTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final String LONG = "x".repeat(390_000);
  private static final long LITTLE = 20L << 20;
  private static final String WHOLE = "Olá, você 😀\nestá bem?";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  private EventReader open(JobId job, String... headers) {
    return EventReader.open(web.port(), "/api/jobs/" + job + "/events", headers);
  }

  private EventReader openAfter(JobId job, String id) {
    return open(job, "Last-Event-ID", id);
  }

  private ClaimedJob running() {
    web.submit("Hi");
    return web.claim();
  }

  private void succeed(ClaimedJob job, String content) {
    web.store.settle(job, new Settlement.Succeed(Samples.result(content)));
  }

  /** The events up to the end. */
  private static List<Event> rest(EventReader stream) {
    var events = new ArrayList<Event>();
    for (var event = stream.next(); event.isPresent(); event = stream.next()) {
      events.add(event.get());
    }
    return events;
  }

  /** What a client that listened to all of this has on its screen. */
  private static String screen(String before, List<Event> events) {
    var text = new StringBuilder(before);
    for (var event : events) {
      switch (event.name()) {
        case "output" -> text.append(event.json().get("delta").stringValue());
        case "reset" -> text.setLength(0);
        default -> {}
      }
    }
    return text.toString();
  }

  @Test
  void the_text_is_told_as_it_comes_and_the_rest_of_it_at_the_end() {
    var job = running();
    try (var stream = open(job.id())) {
      stream.expectStatus("1.1", "processing");
      web.say(job, 0, "Olá");
      stream.expectOutput("1.1.1.3", "Olá");
      web.say(job, 3, ", você");
      stream.expectOutput("1.1.1.9", ", você");
      succeed(job, "Olá, você!");
      stream.expectOutput("1.3.1.10", "!");
      stream.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void a_word_is_passed_on_when_the_bus_tells_of_it_and_not_at_the_next_look() {
    var job = running();
    try (var server = StreamServer.start(web.store, web.bus, new StreamSettings(1, NEVER, NEVER));
        var stream = server.open(job.id())) {
      stream.expectStatus("1.1", "processing");
      web.say(job, 0, "at once");
      stream.expectOutput("1.1.1.7", "at once");
      succeed(job, "at once");
      web.bus.publish(new JobEvent.StateChanged(job.id(), JobState.SUCCEEDED));
      stream.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void an_answer_that_came_as_a_whole_is_one_piece_of_text() {
    var job = running();
    succeed(job, "The whole.");
    try (var stream = open(job.id())) {
      stream.expectOutput("1.3.1.10", "The whole.");
      stream.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void from_any_place_on_everybody_gets_the_same_text() {
    var job = running();
    for (var i = 0; i < WHOLE.length(); i++) {
      var length = Character.isHighSurrogate(WHOLE.charAt(i)) ? 2 : 1;
      web.say(job, i, WHOLE.substring(i, i + length));
      i += length - 1;
    }
    var places = new ArrayList<String>();
    for (var i = 0; i < WHOLE.length(); i++) {
      if (!Character.isLowSurrogate(WHOLE.charAt(i))) {
        places.add(i == 0 ? "1.1" : "1.1.1." + i);
      }
    }
    for (var place : places) {
      try (var live = openAfter(job.id(), place)) {
        var missing = live.next().orElseThrow().json().get("delta").stringValue();
        assertThat(seen(place) + missing).isEqualTo(WHOLE);
      }
    }
    succeed(job, WHOLE + " :-)");
    for (var place : places) {
      try (var late = openAfter(job.id(), place)) {
        var events = rest(late);
        assertThat(screen(seen(place), events)).isEqualTo(WHOLE + " :-)");
        assertThat(events).extracting(Event::name).containsExactly("output", "completed");
      }
    }
  }

  private static String seen(String place) {
    return place.equals("1.1") ? "" : WHOLE.substring(0, Integer.parseInt(place.substring(6)));
  }

  @Test
  void a_client_that_hangs_up_after_each_event_misses_nothing_and_gets_nothing_twice() {
    var job = running();
    var text = new StringBuilder();
    var last = "";
    for (var i = 0; i < 10; i++) {
      web.say(job, i * 2, i + " ");
      try (var stream = open(job.id(), "Last-Event-ID", last)) {
        var event = stream.next().orElseThrow();
        if (event.name().equals("status")) {
          event = stream.next().orElseThrow();
        }
        text.append(event.json().get("delta").stringValue());
        last = event.id();
      }
    }
    succeed(job, "0 1 2 3 4 5 6 7 8 9 .");
    try (var stream = openAfter(job.id(), last)) {
      stream.expectOutput("1.3.1.21", ".");
      last = "1.3.1.21";
    }
    assertThat(text).hasToString("0 1 2 3 4 5 6 7 8 9 ");
    try (var stream = openAfter(job.id(), last)) {
      assertThat(rest(stream)).extracting(Event::name).containsExactly("completed");
    }
    web.get("/api/jobs/" + job.id() + "/events", "Last-Event-ID", "1.3").expect(204);
  }

  @Test
  void a_retry_starts_the_text_over() {
    var job = running();
    try (var stream = open(job.id())) {
      stream.expectStatus("1.1", "processing");
      web.say(job, 0, "half an ans");
      stream.expectOutput("1.1.1.11", "half an ans");
      web.store.settle(job, new Settlement.HandBack(new Setbacks(0, 0, 0, 1)));
      stream.expectStatus("0.2.1.11", "queued");
      var again = web.claim();
      stream.expectStatus("1.1.1.11", "processing");
      var reset = stream.next().orElseThrow();
      assertThat(reset).isEqualTo(new Event("reset", "1.1", "{\"attempt\":2}"));
      web.say(again, 0, "a whole one");
      stream.expectOutput("1.1.2.11", "a whole one");
      succeed(again, "a whole one");
      stream.expectCompleted("1.3", "succeeded");
    }
  }

  @Test
  void whoever_was_away_during_a_retry_starts_over_too() {
    var job = running();
    web.say(job, 0, "half an ans");
    web.store.settle(job, new Settlement.HandBack(new Setbacks(0, 0, 0, 1)));
    var again = web.claim();
    web.say(again, 0, "a whole");
    for (var id : List.of("1.1.1.11", "0.2.1.11")) {
      try (var stream = openAfter(job.id(), id)) {
        var first = stream.next().orElseThrow();
        var reset = first.name().equals("status") ? stream.next().orElseThrow() : first;
        assertThat(reset.name()).isEqualTo("reset");
        stream.expectOutput("1.1.2.7", "a whole");
      }
    }
    succeed(again, "a whole one");
    try (var late = openAfter(job.id(), "1.1.1.11")) {
      var events = rest(late);
      assertThat(events).extracting(Event::name).containsExactly("reset", "output", "completed");
      assertThat(screen("half an ans", events)).isEqualTo("a whole one");
      // Its line may break after each of them.
      try (var later = openAfter(job.id(), events.getFirst().id())) {
        assertThat(rest(later)).extracting(Event::name).containsExactly("output", "completed");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.999999999", "1.1.7.3", "9.1.9.9", "1.3.2.5"})
  void a_place_of_another_job_starts_the_text_over(String place) {
    var job = running();
    web.say(job, 0, "short");
    try (var stream = openAfter(job.id(), place)) {
      var first = stream.next().orElseThrow();
      var reset = first.name().equals("status") ? stream.next().orElseThrow() : first;
      assertThat(reset).isEqualTo(new Event("reset", "1.1", "{\"attempt\":1}"));
      stream.expectOutput("1.1.1.5", "short");
    }
    succeed(job, "short.");
    try (var stream = openAfter(job.id(), place)) {
      var events = rest(stream);
      assertThat(events).extracting(Event::name).containsExactly("reset", "output", "completed");
      assertThat(screen("nonsense", events)).isEqualTo("short.");
    }
  }

  @Test
  void a_text_goes_on_at_another_web() {
    var job = running();
    web.say(job, 0, "Olá");
    try (var stream = open(job.id())) {
      stream.expectStatus("1.1", "processing");
      stream.expectOutput("1.1.1.3", "Olá");
    }
    web.web.close();
    web.say(job, 3, ", você");
    try (var other = StreamServer.start(web.store, web.bus, StreamSettings.usual());
        var stream = other.open(job.id(), "Last-Event-ID", "1.1.1.3")) {
      stream.expectOutput("1.1.1.9", ", você");
    }
  }

  @Test
  void a_long_text_comes_in_pieces_that_cut_no_pair() {
    var job = running();
    var content = "x" + "😀".repeat(40_000);
    succeed(job, content);
    try (var stream = open(job.id())) {
      var events = rest(stream);
      assertThat(screen("", events)).isEqualTo(content);
      assertThat(events).hasSize(6);
      for (var event : events.subList(0, events.size() - 1)) {
        assertThat(event.json().get("delta").stringValue().length()).isLessThanOrEqualTo(16_384);
      }
    }
  }

  @Test
  void of_a_job_that_came_to_nothing_no_text_is_left() {
    var canceled = running();
    web.say(canceled, 0, "never mi");
    web.post("/api/jobs/" + canceled.id() + "/cancel").expect(200);
    try (var late = open(canceled.id());
        var live = openAfter(canceled.id(), "1.1.1.8")) {
      assertThat(rest(late)).extracting(Event::name).containsExactly("completed");
      assertThat(rest(live)).extracting(Event::name).containsExactly("completed");
    }
    var erased = running();
    succeed(erased, "secret");
    web.delete("/api/jobs/" + erased.id()).expect(204);
    try (var late = open(erased.id())) {
      assertThat(rest(late)).extracting(Event::name).containsExactly("completed");
    }
  }

  @Test
  void a_hundred_clients_that_do_not_read_hold_little_memory() throws IOException {
    var job = running();
    var part = "x".repeat(60_000);
    for (var i = 0; i < 60; i++) {
      web.say(job, i * part.length(), part);
    }
    // 3,600,000 characters each, if they were held whole
    aHundredHoldLessThan(100L << 20, events(job.id()));
  }

  @Test
  void a_hundred_clients_hold_nothing_of_what_was_asked() throws IOException {
    var job = web.submit(LONG);

    aHundredHoldLessThan(LITTLE, events(job));
  }

  @Test
  void a_hundred_chats_hold_nothing_of_what_was_asked() throws IOException {
    var message = "{\"role\":\"user\",\"content\":\"" + LONG + "\"}";
    var body = "{\"stream\":true,\"messages\":[" + message + "]}";
    var head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            .formatted(ChatTest.CHAT);
    var request = head + "Content-Length: " + body.length() + "\r\n\r\n" + body;

    aHundredHoldLessThan(LITTLE, request);
  }

  private static String events(JobId job) {
    return "GET /api/jobs/" + job + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  /** While so many clients have sent this and read no more than the first byte. */
  private void aHundredHoldLessThan(long most, String request) throws IOException {
    var bytes = request.getBytes(StandardCharsets.US_ASCII);
    var idle = new ArrayList<Socket>();
    try {
      var before = usedMemory();
      for (var i = 0; i < 100; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), web.port());
        idle.add(socket);
        socket.getOutputStream().write(bytes);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(20))
          .until(() -> usedMemory() - before < most);
    } finally {
      for (var socket : idle) {
        socket.close();
      }
    }
  }

  private static long usedMemory() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
