package dev.recado.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports nobody listens on, for programs that must be told theirs. None of those that the system
 * gives to whoever connects (Linux: 32768 and up, ip_local_port_range): before the program is there
 * somebody's connection could have got it, even one to the very port, which then meets itself.
 */
public final class FreePort {
  private static final int LOWEST = 15_000;
  private static final int HOW_MANY = 17_000;

  /** One after the other: two that are not listened on yet must differ. */
  private static final AtomicInteger LAST =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(HOW_MANY));

  private FreePort() {}

  /** A port of the loopback interface that was free a moment ago. */
  public static int next() {
    for (var tries = 0; tries < HOW_MANY; tries++) {
      var port = LOWEST + Math.floorMod(LAST.incrementAndGet(), HOW_MANY);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port is free");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
