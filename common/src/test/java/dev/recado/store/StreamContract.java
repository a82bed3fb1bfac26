package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What running attempts have said, and how it is read on: what every job store promises. */
public interface StreamContract extends StoreUnderTest {

  /** A job in the hands of {@link #WORKER}. */
  private ClaimedJob running() {
    add();
    signOn(WORKER);
    return claimOne(WORKER);
  }

  private boolean say(ClaimedJob job, int start, String text) {
    return !store().append(List.of(new OutputChunk(job, start, text))).isEmpty();
  }

  private Progress progress(JobId job, int attempt, int from) {
    return store().progress(TENANT, job, attempt, from).orElseThrow();
  }

  @Test
  default void a_job_that_has_said_nothing_tells_where_it_is() {
    var id = add();
    assertThat(progress(id, 0, 0)).isEqualTo(new Progress(JobState.QUEUED, 0, false, 0, 0, "", 0));
    signOn(WORKER);
    claimOne(WORKER);
    assertThat(progress(id, 0, 0))
        .isEqualTo(new Progress(JobState.PROCESSING, 1, true, 1, 0, "", 0));
  }

  @Test
  default void nobody_reads_a_job_that_is_not_there_or_not_his() {
    var id = add();
    assertThat(store().progress(new Tenant("other"), id, 0, 0)).isEmpty();
    assertThat(store().progress(TENANT, newJob().id(), 0, 0)).isEmpty();
  }

  @Test
  default void what_was_said_is_read_on_from_any_point() {
    var job = running();
    say(job, 0, "Olá, ");
    say(job, 5, "você 😀");
    say(job, 12, " está bem?");

    var whole = "Olá, você 😀 está bem?";
    for (var from = 0; from <= whole.length(); from++) {
      var read = progress(job.id(), 1, from);
      // the middle of the pair is nobody's place, and answers the whole of it
      assertThat(read.news()).isEqualTo(whole.substring(from == 11 ? 10 : from));
      assertThat(read.length()).isEqualTo(whole.length());
      assertThat(read.stop()).isEqualTo(from == whole.length() ? 0 : whole.length());
      assertThat(read.attempt()).isEqualTo(1);
    }
    assertThat(progress(job.id(), 1, 999).news()).isEmpty();
    assertThat(progress(job.id(), 2, 5).news()).isEqualTo(whole);
  }

  @Test
  default void a_long_text_is_read_in_bounded_pieces() {
    var job = running();
    var chunk = "x".repeat(10_000);
    for (var i = 0; i < 20; i++) {
      say(job, i * chunk.length(), chunk);
    }

    var read = 0;
    for (var pieces = 1; read < 200_000; pieces++) {
      var piece = progress(job.id(), 1, read);
      assertThat(piece.news().length()).isBetween(1, Progress.ENOUGH + chunk.length());
      assertThat(piece.stop()).isEqualTo(read + piece.news().length());
      read = piece.stop();
      assertThat(pieces).isLessThan(20);
    }
    assertThat(read).isEqualTo(200_000);
  }

  @Test
  default void a_chunk_that_comes_again_is_there_once() {
    var job = running();
    assertThat(say(job, 0, "once")).isTrue();
    assertThat(say(job, 0, "once")).isFalse();
    assertThat(progress(job.id(), 1, 0).news()).isEqualTo("once");
  }

  @Test
  default void an_attempt_that_lost_its_job_has_nothing_to_say() {
    var id = add();
    signOn(WORKER);
    var lost = claimOne(WORKER);
    say(lost, 0, "from the first");
    clock().advance(LEASE.plusMillis(1));
    store().sweep(MAX_CRASHES, clock().instant());
    assertThat(say(lost, 14, ", too late")).isFalse();
    signOn(OTHER);
    var next = claimOne(OTHER);

    assertThat(progress(id, 1, 3))
        .isEqualTo(new Progress(JobState.PROCESSING, 2, true, 2, 0, "", 0));
    var both = List.of(new OutputChunk(lost, 14, "late"), new OutputChunk(next, 0, "new"));
    assertThat(store().append(both.subList(0, 1))).isEmpty();
    assertThat(store().append(both.subList(1, 2))).containsExactly(id);
    assertThat(progress(id, 1, 3).news()).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"succeed", "retry", "hand back", "cancel", "sign off", "worker lost"})
  default void what_was_said_is_dropped_when_the_attempt_ends(String how) {
    var job = running();
    say(job, 0, "some");
    say(job, 4, "thing");

    ends(how).accept(job);

    var after = progress(job.id(), 1, 0);
    assertThat(after.state()).isNotEqualTo(JobState.PROCESSING);
    assertThat(after.length()).isZero();
    assertThat(after.news()).isEmpty();
    assertThat(chunks()).isZero();
  }

  private Consumer<ClaimedJob> ends(String how) {
    return switch (how) {
      case "succeed" -> job -> settle(job, new Settlement.Succeed(ANSWER));
      case "retry" ->
          job -> settle(job, new Settlement.Retry(clock().instant(), BUSY, Setbacks.NONE));
      case "hand back" -> job -> settle(job, new Settlement.HandBack(Setbacks.NONE));
      case "cancel" -> job -> store().cancel(TENANT, job.id());
      case "sign off" -> job -> store().signOff(WORKER);
      default -> {
        clock().advance(LEASE.plusMillis(1));
        yield job -> store().sweep(MAX_CRASHES, clock().instant());
      }
    };
  }

  /** How many chunks the store holds, of whatever job. */
  long chunks();
}
