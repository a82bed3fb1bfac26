package dev.recado.worker.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * A name service with a time limit. A lookup blocks in native code, where neither a timeout nor a
 * cancel reaches it, and where it would hold the carrier of a virtual thread: so it runs on a few
 * threads of its own.
 */
final class BoundedDns implements Dns, AutoCloseable {
  private static final int THREADS = 4;

  private final Dns names;
  private final Duration limit;
  private final ExecutorService lookups =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("model-dns-", 1).factory());

  BoundedDns(Dns names, Duration limit) {
    this.names = names;
    this.limit = limit;
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    var lookup = lookups.submit(() -> names.lookup(hostname));
    try {
      return lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      lookup.cancel(true);
      throw new UnknownHostException("the name service did not answer in time");
    } catch (ExecutionException e) {
      throw new UnknownHostException("no address");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
