package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bodies that are being received. A small one always finds room; what the others hold beyond
 * that is bounded, as a client may take its time to send the rest. Thread-safe.
 */
public final class Bodies {
  private static final int SHARE_OF_MEMORY = 4;
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);

  private final long most;
  private final AtomicLong held = new AtomicLong();

  /**
   * None yet.
   *
   * @param most how many bytes they may hold, besides what is small
   */
  public Bodies(long most) {
    this.most = most;
  }

  /** As many as leave most of this process's memory to others. */
  public static Bodies withinMemory() {
    return new Bodies(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
  }

  /** Receives one; throws the problem if it cannot be received, or there is no room for it. */
  byte[] read(HttpServletRequest request) {
    try (var room = new Room()) {
      return Body.read(request, room::hold);
    }
  }

  /** What one body holds. */
  private final class Room implements AutoCloseable {
    private long taken;

    void hold(int bytes) {
      var more = Math.max(0, bytes - Limits.SMALL_BODY_BYTES) - taken;
      taken += more;
      // Small ones are not refused for what a large one has asked for in vain.
      if (held.addAndGet(more) > most && more > 0) {
        var why = "too many large requests are being received";
        throw Problems.queueFull(why, COME_AGAIN).asException();
      }
    }

    @Override
    public void close() {
      held.addAndGet(-taken);
    }
  }
}
