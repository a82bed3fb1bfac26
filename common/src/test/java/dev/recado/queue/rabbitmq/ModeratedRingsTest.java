package dev.recado.queue.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.queue.WaitingJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModeratedRingsTest {
  private final List<Integer> said = new ArrayList<>();
  private int jobsThatWait;
  private final ModeratedRings rings = new ModeratedRings(atMost -> Math.min(atMost, jobsThatWait));

  @Test
  void the_first_of_many_rings_goes_at_once_and_the_store_is_not_asked() {
    var unasked =
        new ModeratedRings(_ -> {
          throw new AssertionError("asked");
        });

    assertThat(numbers(unasked.next(letters(1, 5)))).containsExactly(1);
    assertThat(unasked.size()).isEqualTo(4);
    assertThat(unasked.pause()).isPositive().isLessThan(Duration.ofMillis(10));
  }

  @Test
  void after_a_ring_on_its_own_there_is_nothing_to_wait_for() {
    assertThat(next(1, 1)).containsExactly(1);

    assertThat(rings.size()).isZero();
    assertThat(rings.pause()).isZero();
  }

  @Test
  void rings_whose_jobs_were_claimed_meanwhile_never_go() {
    jobsThatWait = 5;
    next(1, 5);

    jobsThatWait = 0;

    assertThat(next()).isEmpty();
    assertThat(rings.size()).isZero();
    assertThat(rings.pause()).isZero();
    assertThat(said).isEmpty(); // that they are safe with the broker
  }

  @Test
  void twice_as_many_go_each_time_while_jobs_still_wait() {
    jobsThatWait = 100;

    assertThat(next(1, 100)).hasSize(1);
    assertThat(next()).hasSize(2);
    assertThat(next()).hasSize(4);
    assertThat(next()).hasSize(8);
  }

  @Test
  void every_ring_goes_when_nobody_claims() {
    jobsThatWait = 1_000_000;
    var sent = new ArrayList<>(next(1, 10_000));

    while (rings.size() > 0) {
      sent.addAll(next());
    }

    assertThat(sent).isEqualTo(numbers(1, 10_000));
  }

  @Test
  void no_more_rings_follow_than_jobs_still_wait() {
    jobsThatWait = 8;
    next(1, 8);

    jobsThatWait = 3;

    assertThat(next()).containsExactly(6, 7);
  }

  @Test
  void new_rings_begin_with_one_again_once_the_kept_ones_have_been_heard() {
    jobsThatWait = 100;
    next(1, 100);
    next();

    jobsThatWait = 20; // all of them new

    assertThat(next(101, 120)).containsExactly(101);
  }

  @Test
  void a_store_that_cannot_be_asked_is_no_reason_not_to_ring() {
    WaitingJobs away =
        _ -> {
          throw new IllegalStateException("away");
        };
    var blind = new ModeratedRings(away);

    assertThat(blind.next(letters(1, 3))).hasSize(1);
    assertThat(blind.next(List.of())).hasSize(2);
  }

  private List<Integer> next() {
    return numbers(rings.next(List.of()));
  }

  private List<Integer> next(int first, int last) {
    return numbers(rings.next(letters(first, last)));
  }

  private List<Letter> letters(int first, int last) {
    return numbers(first, last).stream().map(this::letter).toList();
  }

  private static List<Integer> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  private Letter letter(int number) {
    var body = String.valueOf(number).getBytes(UTF_8);
    return new Letter(Queues.TASKS, RabbitTaskPublisher.PERSISTENT, body, () -> said.add(number));
  }

  private static List<Integer> numbers(List<Letter> letters) {
    return letters.stream()
        .map(letter -> Integer.valueOf(new String(letter.body(), UTF_8)))
        .toList();
  }
}
