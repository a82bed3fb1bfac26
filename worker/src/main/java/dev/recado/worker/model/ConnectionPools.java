package dev.recado.worker.model;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * As many pools of connections as the calls in flight need. OkHttp looks through the whole pool
 * several times for each call, at the connections in use as well: with two thousand calls at once
 * that was a fifth of all that the worker did. A call goes to the first pool with room, so that few
 * calls still share their connections.
 *
 * <p>A connection is kept for the next call if it was dear, as it is with encryption, or if the
 * server says for how long it keeps its side ({@code Keep-Alive: timeout=5}, RFC 2068, 19.7.1.1).
 * Of the others many a small one (anything of HTTP/1.0, for instance) hangs up after each answer
 * without saying so, and the next call, sent into the closed connection, would be in vain.
 * Thread-safe.
 */
final class ConnectionPools implements AutoCloseable {
  static final int CALLS_PER_POOL = 64;

  /**
   * Shorter than the shortest time that servers keep an idle connection (Node and uvicorn: 5 s), or
   * a call is sent into a connection that is just being closed.
   */
  private static final Duration KEEP_IDLE = Duration.ofSeconds(4);

  private static final Pattern TIMEOUT =
      Pattern.compile("\\btimeout\\s*=\\s*(\\d{1,9})", Pattern.CASE_INSENSITIVE);

  private final List<Pool> pools;
  private volatile boolean worthKeeping;

  /**
   * Pools for so many calls at once; more than that go to the last one.
   *
   * @param common what all pools share
   */
  ConnectionPools(OkHttpClient common, int calls) {
    pools =
        IntStream.range(0, Math.max(1, Math.ceilDiv(calls, CALLS_PER_POOL)))
            .mapToObj(_ -> new Pool(common))
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

  /** Learns from an answer whether the next call's connection is worth keeping. */
  void hear(Response response) {
    worthKeeping = response.request().isHttps() || isKept(response);
  }

  private static boolean isKept(Response response) {
    var timeout = TIMEOUT.matcher(response.header("Keep-Alive", ""));
    return timeout.find() && Integer.parseInt(timeout.group(1)) > KEEP_IDLE.toSeconds();
  }

  @Override
  public void close() {
    pools.forEach(pool -> pool.keeping.connectionPool().evictAll());
  }

  /** One of them, as the calls that use it see it. */
  final class Pool implements AutoCloseable {
    private final OkHttpClient keeping;
    private final OkHttpClient once;
    private final AtomicInteger calls = new AtomicInteger();

    private Pool(OkHttpClient common) {
      keeping = with(common, CALLS_PER_POOL);
      once = with(common, 0);
    }

    private static OkHttpClient with(OkHttpClient common, int mostIdle) {
      var pool = new ConnectionPool(mostIdle, KEEP_IDLE.toSeconds(), TimeUnit.SECONDS);
      return common.newBuilder().connectionPool(pool).build();
    }

    OkHttpClient http() {
      return worthKeeping ? keeping : once;
    }

    /** Gives the place back. */
    @Override
    public void close() {
      calls.decrementAndGet();
    }
  }
}
