package dev.recado.web.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Looks a name up once per call, in bounded time, and gives its addresses only if every one of them
 * is allowed: a name with one foot inside the network is not to be trusted with the other.
 */
// On threads of its own: a lookup blocks in native code, where no timeout reaches it. A name server
// that is slow on purpose can hold them all, and then lookups fail at once until it lets go.
final class GuardedNames implements Dns, AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Dns names;
  private final Reach reach;
  private final Duration limit;
  private final ThreadPoolExecutor lookups;

  GuardedNames(Dns names, Reach reach, Duration limit, int threads) {
    this.names = names;
    this.reach = reach;
    this.limit = limit;
    this.lookups =
        new ThreadPoolExecutor(
            0,
            threads,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("webhook-dns-", 1).factory());
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    var addresses = addresses(hostname);
    for (var address : addresses) {
      reach.require(address);
    }
    return addresses;
  }

  private List<InetAddress> addresses(String hostname) throws UnknownHostException {
    try {
      return lookups
          .submit(() -> names.lookup(hostname))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | RejectedExecutionException e) {
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
