package dev.recado.web.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiversTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration QUICK = Duration.ofMillis(50);
  private static final Reply FINE = new Reply.Answered(200, Duration.ZERO);
  private static final Reply SILENT = new Reply.Silence("did not answer in time");

  private final Receivers receivers = new Receivers(16);

  private int roomFor(String name, Instant now) {
    return receivers.room(List.of(name), 64, now).getOrDefault(name, 0);
  }

  private void hears(String name, Reply reply, Duration took) {
    receivers.began(name);
    receivers.heard(name, reply, took, NOW);
    receivers.ended(name);
  }

  @Test
  void a_new_receiver_gets_two_calls_at_once() {
    assertThat(roomFor("a", NOW)).isEqualTo(2);
    receivers.began("a");
    assertThat(roomFor("a", NOW)).isEqualTo(1);
    receivers.began("a");
    assertThat(roomFor("a", NOW)).isZero();
  }

  @Test
  void one_that_answers_quickly_gets_more_up_to_a_bound() {
    for (var expected : new int[] {4, 8, 16, 16}) {
      hears("a", FINE, QUICK);
      assertThat(roomFor("a", NOW)).isEqualTo(expected);
    }
    hears("a", FINE, Duration.ofSeconds(10));
    assertThat(roomFor("a", NOW)).isEqualTo(2);
  }

  @Test
  void an_error_that_is_the_messages_own_slows_nothing_down() {
    hears("a", new Reply.Answered(500, Duration.ZERO), QUICK);
    assertThat(roomFor("a", NOW)).isEqualTo(4);
  }

  @Test
  void one_in_trouble_is_left_alone_for_longer_and_longer_and_then_asked_once() {
    for (var pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      hears("a", SILENT, QUICK);
      assertThat(roomFor("a", NOW.plusSeconds(pause).minusMillis(1))).isZero();
      assertThat(roomFor("a", NOW.plusSeconds(pause))).isEqualTo(1);
    }
    hears("a", FINE, QUICK);
    hears("a", SILENT, QUICK);
    assertThat(roomFor("a", NOW.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void a_receiver_that_asks_for_time_gets_it_within_reason() {
    for (var status : new int[] {429, 502, 503, 504}) {
      var name = "r" + status;
      hears(name, new Reply.Answered(status, Duration.ofSeconds(90)), QUICK);
      assertThat(roomFor(name, NOW.plusSeconds(89))).isZero();
      assertThat(roomFor(name, NOW.plusSeconds(90))).isEqualTo(1);
    }
    hears("a", new Reply.Answered(429, Duration.ofDays(7)), QUICK);
    assertThat(roomFor("a", NOW.plusSeconds(600))).isEqualTo(1);
  }

  @Test
  void what_is_free_is_shared_turn_by_turn() {
    for (var name : List.of("a", "b")) {
      hears(name, FINE, QUICK);
      hears(name, FINE, QUICK);
    }
    assertThat(receivers.room(List.of("a", "b", "c"), 5, NOW))
        .isEqualTo(Map.of("a", 2, "b", 2, "c", 1));
    assertThat(receivers.room(List.of("a", "b", "c"), 0, NOW)).isEmpty();
    assertThat(receivers.room(List.of(), 5, NOW)).isEmpty();
  }
}
