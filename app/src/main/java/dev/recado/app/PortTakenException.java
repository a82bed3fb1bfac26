package dev.recado.app;

import dev.recado.config.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Somebody else listens where web was told to. */
final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PortTakenException(HostAndPort address, IOException cause) {
    super(
        "can not listen on " + address + ": " + cause.getMessage() + "; choose with --port", cause);
  }

  /** Asks before anything is started, so that no worker takes jobs only to stop again. */
  static void throwUnlessFree(HostAndPort address) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address.host().name(), address.port()));
    } catch (IOException e) {
      throw new PortTakenException(address, e);
    }
  }
}
