package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

  private static LatencyHistogram of(LongStream millis) {
    var buckets = new TreeMap<Integer, Long>();
    millis
        .mapToObj(Duration::ofMillis)
        .forEach(time -> buckets.merge(LatencyHistogram.bucketOf(time), 1L, Long::sum));
    return new LatencyHistogram(buckets);
  }

  @Test
  void one_that_has_seen_nothing_knows_no_percentile() {
    assertThat(LatencyHistogram.EMPTY.percentile(0.5)).isEmpty();
    assertThat(LatencyHistogram.EMPTY.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 7, 50, 999, 1_000, 60_000, 86_400_000})
  void a_time_is_known_within_a_tenth(long millis) {
    var known = of(LongStream.of(millis)).percentile(0.99).orElseThrow().toMillis();

    assertThat((double) known).isCloseTo((double) millis, within(millis * 0.1));
  }

  @Test
  void percentiles_are_those_of_all_times_seen() {
    var times = of(LongStream.rangeClosed(1, 1_000));

    assertThat((double) times.percentile(0.5).orElseThrow().toMillis())
        .isCloseTo(500, within(50.0));
    assertThat((double) times.percentile(0.99).orElseThrow().toMillis())
        .isCloseTo(990, within(99.0));
  }

  @Test
  void two_add_up_bucket_by_bucket() {
    var sum = new LatencyHistogram(Map.of(1, 2L, 3, 1L)).plus(new LatencyHistogram(Map.of(1, 5L)));

    assertThat(sum.buckets()).isEqualTo(Map.of(1, 7L, 3, 1L));
  }
}
