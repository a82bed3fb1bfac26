package dev.recado.app.server;

import dev.recado.config.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Somebody else listens where this process was told to. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PortTakenException(HostAndPort address, String option, IOException cause) {
    super(
        "can not listen on %s: %s; choose with %s".formatted(address, cause.getMessage(), option),
        cause);
  }

  /** Asks before anything is started, so that no worker takes jobs only to stop again. */
  public static void throwUnlessFree(HostAndPort address) {
    throwUnlessFree(address, "--port");
  }

  /** The same for a port that another option chooses. */
  public static void throwUnlessFree(HostAndPort address, String option) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address.host().name(), address.port()));
    } catch (IOException e) {
      throw new PortTakenException(address, option, e);
    }
  }
}
