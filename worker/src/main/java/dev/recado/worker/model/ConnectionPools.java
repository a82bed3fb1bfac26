package dev.recado.worker.model;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * As many pools of connections as the calls in flight need. OkHttp looks through the whole pool
 * several times for each call, at the connections in use as well: with two thousand calls at once
 * that was a fifth of all that the worker did. A call goes to the first pool with room, so that few
 * calls still share their connections. Thread-safe.
 */
final class ConnectionPools implements AutoCloseable {
  static final int CALLS_PER_POOL = 64;

  private final List<Pool> pools;

  /**
   * Pools for so many calls at once; more than that go to the last one.
   *
   * @param common what all pools share
   * @param mostIdle how many idle connections each may keep, for how long
   */
  ConnectionPools(OkHttpClient common, int calls, int mostIdle, Duration keepAlive) {
    pools =
        IntStream.range(0, Math.max(1, Math.ceilDiv(calls, CALLS_PER_POOL)))
            .mapToObj(_ -> new Pool(common, mostIdle, keepAlive))
            .toList();
  }

  /** A place in a pool, to be closed when the call is over. */
  Pool take() {
    for (var pool : pools) {
      if (pool.calls.incrementAndGet() <= CALLS_PER_POOL) {
        return pool;
      }
      pool.calls.decrementAndGet();
    }
    var last = pools.getLast();
    last.calls.incrementAndGet();
    return last;
  }

  @Override
  public void close() {
    pools.forEach(pool -> pool.http.connectionPool().evictAll());
  }

  /** One of them, as the calls that use it see it. */
  static final class Pool implements AutoCloseable {
    private final OkHttpClient http;
    private final AtomicInteger calls = new AtomicInteger();

    private Pool(OkHttpClient common, int mostIdle, Duration keepAlive) {
      http =
          common
              .newBuilder()
              .connectionPool(new ConnectionPool(mostIdle, keepAlive.toSeconds(), TimeUnit.SECONDS))
              .build();
    }

    OkHttpClient http() {
      return http;
    }

    /** Gives the place back. */
    @Override
    public void close() {
      calls.decrementAndGet();
    }
  }
}
