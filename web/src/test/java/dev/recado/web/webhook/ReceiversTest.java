package dev.recado.web.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.delivery.ClaimedDelivery;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiversTest {
  private static final Duration QUICK = Duration.ofMillis(50);
  private static final Reply FINE = new Reply.Answered(200, Duration.ZERO);
  private static final Reply SILENT = new Reply.Silence("did not answer in time");

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // it may wrap
  private final Receivers receivers = new Receivers(16, now::get);
  private int calls;

  private int roomFor(String name) {
    return receivers.room(List.of(name), 64).getOrDefault(name, 0);
  }

  private ClaimedDelivery begin(String name) {
    var call =
        new ClaimedDelivery(
            "msg_" + ++calls,
            Tenant.DEFAULT,
            new JobId("01a1fdfa-4600-76ec-bf1e-30bf11779443"),
            "job.succeeded",
            Instant.EPOCH,
            name + "/hook",
            name,
            1,
            1);
    receivers.began(call);
    return call;
  }

  private List<ClaimedDelivery> begin(String name, int many) {
    return IntStream.range(0, many).mapToObj(_ -> begin(name)).toList();
  }

  private void end(ClaimedDelivery call, Reply reply, Duration took) {
    receivers.heard(call, reply, took);
    receivers.ended(call);
  }

  private void hears(String name, Reply reply, Duration took) {
    end(begin(name), reply, took);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void assertPaused(String name, Duration time) {
    pass(time.minusNanos(1));
    assertThat(roomFor(name)).isZero();
    pass(Duration.ofNanos(1));
    assertThat(roomFor(name)).isEqualTo(1);
  }

  @Test
  void a_new_receiver_gets_two_calls_at_once() {
    assertThat(roomFor("a")).isEqualTo(2);
    begin("a");
    assertThat(roomFor("a")).isEqualTo(1);
    begin("a");
    assertThat(roomFor("a")).isZero();
  }

  @Test
  void one_that_answers_quickly_gets_more_up_to_a_bound() {
    for (var expected : new int[] {4, 8, 16, 16}) {
      hears("a", FINE, QUICK);
      assertThat(roomFor("a")).isEqualTo(expected);
    }
    hears("a", FINE, Duration.ofSeconds(10));
    assertThat(roomFor("a")).isEqualTo(2);
  }

  @Test
  void an_error_that_is_the_messages_own_slows_nothing_down() {
    hears("a", new Reply.Answered(500, Duration.ZERO), QUICK);
    assertThat(roomFor("a")).isEqualTo(4);
  }

  @Test
  void one_in_trouble_is_left_alone_for_longer_and_longer_and_then_asked_once() {
    for (var pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      hears("a", SILENT, QUICK);
      assertPaused("a", Duration.ofSeconds(pause));
    }
    hears("a", FINE, QUICK);
    hears("a", SILENT, QUICK);
    assertPaused("a", Duration.ofSeconds(1));
  }

  @Test
  void calls_that_fail_together_make_one_pause() {
    for (var call : begin("a", 16)) {
      end(call, SILENT, QUICK);
    }

    assertPaused("a", Duration.ofSeconds(1));
    hears("a", SILENT, QUICK);
    assertPaused("a", Duration.ofSeconds(2));
  }

  @Test
  void calls_that_were_sent_before_a_pause_make_it_no_longer_however_late_they_fail() {
    var slow = begin("a", 3);
    hears("a", SILENT, QUICK);
    pass(Duration.ofSeconds(1));
    hears("a", FINE, QUICK);

    for (var call : slow) {
      pass(Duration.ofSeconds(1));
      end(call, SILENT, Duration.ofSeconds(15));
    }

    assertThat(roomFor("a")).isEqualTo(2);
  }

  @Test
  void an_answer_to_what_was_sent_before_a_pause_does_not_end_it() {
    var earlier = begin("a", 2);
    hears("a", SILENT, QUICK);

    earlier.forEach(call -> end(call, FINE, QUICK));

    assertPaused("a", Duration.ofSeconds(1));
  }

  @Test
  void a_call_that_was_claimed_while_a_pause_was_set_counts_as_sent_before_it() {
    hears("a", SILENT, QUICK);

    hears("a", SILENT, QUICK);

    assertPaused("a", Duration.ofSeconds(1));
  }

  @Test
  void a_receiver_that_asks_for_time_gets_it_within_reason() {
    for (var status : new int[] {429, 502, 503, 504}) {
      var name = "r" + status;
      hears(name, new Reply.Answered(status, Duration.ofSeconds(90)), QUICK);
      assertPaused(name, Duration.ofSeconds(90));
    }
    hears("a", new Reply.Answered(429, Duration.ofDays(7)), QUICK);
    assertPaused("a", Duration.ofMinutes(10));
  }

  @Test
  void time_that_is_asked_for_late_is_given_too_and_never_cut_short() {
    var calls = begin("a", 3);
    end(calls.get(0), SILENT, QUICK);
    end(calls.get(1), new Reply.Answered(503, Duration.ofSeconds(90)), QUICK);
    end(calls.get(2), new Reply.Answered(503, Duration.ofSeconds(5)), QUICK);

    assertPaused("a", Duration.ofSeconds(90));
  }

  @Test
  void what_is_free_is_shared_turn_by_turn() {
    for (var name : List.of("a", "b")) {
      hears(name, FINE, QUICK);
      hears(name, FINE, QUICK);
    }
    assertThat(receivers.room(List.of("a", "b", "c"), 5)).isEqualTo(Map.of("a", 2, "b", 2, "c", 1));
    assertThat(receivers.room(List.of("a", "b", "c"), 0)).isEmpty();
    assertThat(receivers.room(List.of(), 5)).isEmpty();
  }
}
