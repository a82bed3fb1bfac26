package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.Setbacks;
import dev.recado.worker.execute.ModelGate.Claiming;
import dev.recado.worker.execute.ModelGate.Standing;
import dev.recado.worker.execute.Pass.Go;
import dev.recado.worker.execute.Pass.PutOff;
import dev.recado.worker.execute.Pass.Why;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelGateTest {
  private static final String MODEL = "a";
  private static final Claiming NOTHING_OF_IT = new Claiming.Others(Set.of(MODEL));
  private static final Setbacks REFUSED_ONCE = new Setbacks(1, 0, 0, 0);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // it may wrap
  private final ModelGate gate = new ModelGate(now::get, () -> 0);

  @Test
  void a_few_failures_change_nothing() {
    fail(MODEL, 4);

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
  }

  @Test
  void failures_between_answers_do_not_add_up() {
    for (var i = 0; i < 10; i++) {
      fail(MODEL, 4);
      answer(go(MODEL));
    }

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
  }

  @Test
  void five_failures_in_a_row_stop_the_claims() {
    fail(MODEL, 5);

    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
  }

  @Test
  void after_a_pause_one_probe_goes_and_no_second() {
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));

    assertThat(gate.claiming()).isEqualTo(new Claiming.Probe(MODEL));
    assertThat(go(MODEL).why()).isEqualTo(Why.PROBE);
    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
    assertThat(gate.enter(MODEL, Setbacks.NONE)).isInstanceOf(PutOff.class);
  }

  @Test
  void a_probe_that_is_answered_lets_all_go_on_at_once() {
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));

    assertThat(answer(go(MODEL))).isEqualTo(Standing.THERE);

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
    assertThat(go(MODEL).why()).isEqualTo(Why.FIRST);
  }

  @Test
  void the_first_word_of_a_probe_lets_all_go_on_at_once() {
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));

    gate.begun(go(MODEL));

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
    assertThat(go(MODEL).why()).isEqualTo(Why.FIRST);
  }

  @Test
  void after_its_first_word_a_probe_is_a_call_like_others() {
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));
    var begun = gate.begun(go(MODEL));

    fail(MODEL, 4);
    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
    assertThat(gate.report(begun, brokenOff())).isEqualTo(Standing.AWAY);

    pass(Duration.ofSeconds(1));
    assertThat(gate.claiming()).isEqualTo(new Claiming.Probe(MODEL));
  }

  @Test
  void its_end_says_nothing_if_the_model_has_gone_again_meanwhile() {
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));
    var begun = gate.begun(go(MODEL));
    fail(MODEL, 5);

    assertThat(answer(begun)).isEqualTo(Standing.AWAY);
    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
  }

  @Test
  void where_answers_break_off_a_first_word_proves_nothing() {
    fail(MODEL, 4);
    gate.report(go(MODEL), brokenOff());
    pass(Duration.ofSeconds(1));

    var begun = gate.begun(go(MODEL));
    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
    gate.report(begun, brokenOff());
    pass(Duration.ofSeconds(1));
    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
    pass(Duration.ofSeconds(1));
    assertThat(answer(gate.begun(go(MODEL)))).isEqualTo(Standing.THERE);
  }

  @Test
  void it_does_again_once_the_model_was_not_even_there() {
    gate.report(go(MODEL), brokenOff());
    fail(MODEL, 4);
    pass(Duration.ofSeconds(1));

    gate.begun(go(MODEL));

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
  }

  @Test
  void pauses_double_up_to_half_a_minute() {
    fail(MODEL, 5);

    for (var seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 30}) {
      pass(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
      pass(Duration.ofNanos(1));
      assertThat(gate.claiming()).isEqualTo(new Claiming.Probe(MODEL));
      fail(MODEL, 1);
    }
  }

  @Test
  void chance_shortens_a_pause_by_a_quarter_at_most() {
    var lucky = new ModelGate(now::get, () -> 0.999);
    for (var i = 0; i < 5; i++) {
      lucky.report((Go) lucky.enter(MODEL, Setbacks.NONE), failed(null));
    }

    pass(Duration.ofMillis(750));
    assertThat(lucky.claiming()).isEqualTo(NOTHING_OF_IT);
    pass(Duration.ofMillis(1));
    assertThat(lucky.claiming()).isEqualTo(new Claiming.Probe(MODEL));
  }

  @Test
  void the_server_may_ask_for_a_longer_pause() {
    for (var i = 0; i < 5; i++) {
      gate.report(go(MODEL), failed(Duration.ofSeconds(7)));
    }

    pass(Duration.ofMillis(6_999));
    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
    pass(Duration.ofMillis(1));
    assertThat(gate.claiming()).isEqualTo(new Claiming.Probe(MODEL));
  }

  @Test
  void answers_to_earlier_calls_do_not_end_a_pause() {
    var slow = go(MODEL);
    fail(MODEL, 5);

    assertThat(answer(slow)).isEqualTo(Standing.AWAY);

    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
  }

  @Test
  void failures_of_earlier_calls_do_not_make_pauses_longer() {
    var calls = new Go[64];
    for (var i = 0; i < calls.length; i++) {
      calls[i] = go(MODEL);
    }
    for (var call : calls) {
      gate.report(call, failed(null));
    }

    pass(Duration.ofSeconds(1));
    assertThat(gate.claiming()).isEqualTo(new Claiming.Probe(MODEL));
  }

  @Test
  void a_request_refused_for_what_it_is_shows_that_the_model_is_there() {
    for (var i = 0; i < 100; i++) {
      gate.report(go(MODEL), new CallOutcome.Answered());
    }

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
  }

  @Test
  void a_probe_that_shows_nothing_is_followed_by_another() {
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));

    gate.report(go(MODEL), new CallOutcome.Unclear());

    assertThat(gate.claiming()).isEqualTo(NOTHING_OF_IT);
    pass(Duration.ofSeconds(1));
    assertThat(gate.claiming()).isEqualTo(new Claiming.Probe(MODEL));
  }

  @Test
  void beside_a_model_that_answers_only_the_jobs_of_the_bad_one_wait() {
    answer(go("good"));
    fail("bad", 5);

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
    assertThat(go("good").why()).isEqualTo(Why.FIRST);
    assertThat(gate.enter("bad", Setbacks.NONE)).isEqualTo(new PutOff(Duration.ofSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(go("bad").why()).isEqualTo(Why.PROBE);
  }

  @Test
  void jobs_that_meet_a_probe_are_put_off_for_as_long_again_as_it_takes_already() {
    answer(go("good"));
    fail("bad", 5);
    pass(Duration.ofSeconds(1));
    assertThat(go("bad").why()).isEqualTo(Why.PROBE);

    assertThat(gate.enter("bad", Setbacks.NONE)).isEqualTo(new PutOff(Duration.ofSeconds(1)));
    pass(Duration.ofSeconds(8));
    assertThat(gate.enter("bad", Setbacks.NONE)).isEqualTo(new PutOff(Duration.ofSeconds(8)));
    pass(Duration.ofSeconds(52));
    assertThat(gate.enter("bad", Setbacks.NONE)).isEqualTo(new PutOff(Duration.ofSeconds(30)));
  }

  @Test
  void of_two_models_that_are_away_the_one_that_is_due_longer_is_probed_first() {
    fail("one", 5);
    pass(Duration.ofMillis(300));
    fail("two", 5);
    pass(Duration.ofSeconds(1));

    assertThat(gate.claiming()).isEqualTo(new Claiming.Probe("one"));
    assertThat(go("one").why()).isEqualTo(Why.PROBE);
    assertThat(gate.claiming()).isEqualTo(new Claiming.Probe("two"));
  }

  @Test
  void a_model_that_nobody_asks_for_is_looked_for_again_a_second_later() {
    fail("one", 5);
    fail("two", 5);
    pass(Duration.ofSeconds(2));

    gate.nobodyAsks("one");
    gate.nobodyAsks("two");

    assertThat(gate.claiming()).isEqualTo(new Claiming.Others(Set.of("one", "two")));
    pass(Duration.ofSeconds(1));
    assertThat(gate.claiming()).isInstanceOf(Claiming.Probe.class);
  }

  @Test
  void a_model_that_nobody_has_asked_for_since_is_forgotten() {
    fail("one", 5);
    pass(Duration.ofMinutes(10));
    gate.nobodyAsks("one");
    assertThat(gate.claiming()).isEqualTo(new Claiming.Others(Set.of("one")));

    pass(Duration.ofSeconds(1));
    gate.nobodyAsks("one");

    assertThat(gate.claiming()).isEqualTo(new Claiming.Freely());
  }

  @Test
  void an_answer_of_long_ago_proves_nothing() {
    answer(go("good"));
    pass(Duration.ofSeconds(61));

    fail("bad", 5);

    assertThat(gate.claiming()).isEqualTo(new Claiming.Others(Set.of("bad")));
  }

  @Test
  void calls_that_fail_again_are_a_tenth_of_the_first_ones() {
    drainTheBudget();
    for (var i = 0; i < 200; i++) {
      answer(go(MODEL));
    }

    assertThat(furtherCallsOf(100)).isBetween(19, 20); // tenths do not add up exactly
  }

  @Test
  void a_further_call_that_is_answered_costs_nothing() {
    drainTheBudget();
    pass(Duration.ofSeconds(1));

    for (var i = 0; i < 100; i++) {
      answer((Go) gate.enter(MODEL, REFUSED_ONCE));
    }
  }

  @Test
  void a_further_call_gives_its_token_back_when_its_answer_is_whole() {
    drainTheBudget();
    pass(Duration.ofSeconds(1));

    for (var i = 0; i < 100; i++) {
      answer(gate.begun((Go) gate.enter(MODEL, REFUSED_ONCE)));
    }
  }

  @Test
  void a_probe_has_no_token_to_give_back() {
    drainTheBudget();
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));

    answer(gate.begun(go(MODEL)));

    assertThat(furtherCallsOf(100)).isEqualTo(1); // that of the second
  }

  @Test
  void a_quiet_worker_earns_one_further_call_a_second() {
    drainTheBudget();
    pass(Duration.ofSeconds(3));

    assertThat(furtherCallsOf(100)).isEqualTo(3);
  }

  @Test
  void who_waits_for_room_is_woken_by_the_answer() {
    fail(MODEL, 5);
    pass(Duration.ofSeconds(1));
    var probe = go(MODEL);
    var waiting = CompletableFuture.supplyAsync(this::opensSoon);

    answer(probe);

    await().atMost(Duration.ofSeconds(5)).until(waiting::isDone);
    assertThat(waiting).isCompletedWithValue(true);
  }

  private boolean opensSoon() {
    try {
      return gate.awaitOpen(Duration.ofMinutes(10));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void drainTheBudget() {
    furtherCallsOf(1_000);
  }

  /** How many of so many jobs that failed before get through; each fails again. */
  private int furtherCallsOf(int jobs) {
    var calls = 0;
    for (var i = 0; i < jobs; i++) {
      if (gate.enter(MODEL, REFUSED_ONCE) instanceof Go go) {
        gate.report(go, new CallOutcome.Unclear());
        calls++;
      }
    }
    return calls;
  }

  private Go go(String model) {
    return (Go) gate.enter(model, Setbacks.NONE);
  }

  private Standing answer(Go go) {
    return gate.report(go, new CallOutcome.Answered());
  }

  private void fail(String model, int times) {
    for (var i = 0; i < times; i++) {
      gate.report(go(model), failed(null));
    }
  }

  private static CallOutcome failed(@Nullable Duration retryAfter) {
    return new CallOutcome.Failed("provider_overloaded", retryAfter, false);
  }

  private static CallOutcome brokenOff() {
    return new CallOutcome.Failed("provider_timeout", null, true);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
