package dev.recado.worker.model;

import static dev.recado.worker.model.ConnectionPools.CALLS_PER_POOL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ConnectionPoolsTest {
  @Test
  void few_calls_share_one_pool() {
    var pools = pools(1_000);

    var first = pools.take();
    first.close();

    assertThat(pools.take()).isSameAs(first);
    assertThat(pools.take()).isSameAs(first);
  }

  @Test
  void a_call_that_has_no_room_in_a_pool_goes_to_the_next() {
    var pools = pools(2 * CALLS_PER_POOL);
    var first = pools.take();
    take(pools, CALLS_PER_POOL - 1);

    var second = pools.take();
    first.close();

    assertThat(second).isNotSameAs(first);
    assertThat(pools.take()).isSameAs(first);
    assertThat(pools.take()).isSameAs(second);
  }

  @Test
  void more_calls_than_foreseen_go_to_the_last_pool() {
    var pools = pools(CALLS_PER_POOL);
    var only = pools.take();
    take(pools, CALLS_PER_POOL);

    assertThat(pools.take()).isSameAs(only);
  }

  private static void take(ConnectionPools pools, int times) {
    IntStream.range(0, times).forEach(_ -> pools.take());
  }

  private static ConnectionPools pools(int calls) {
    return new ConnectionPools(new OkHttpClient(), calls);
  }
}
