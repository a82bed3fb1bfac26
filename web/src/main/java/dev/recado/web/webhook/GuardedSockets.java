package dev.recado.web.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets that connect to allowed addresses only. Every way to a receiver leads through here: a
 * host that is an address in whatever spelling, which OkHttp asks no name service about, and a name
 * that has changed its address since it was looked up.
 */
final class GuardedSockets extends SocketFactory {
  private final Reach reach;

  GuardedSockets(Reach reach) {
    this.reach = reach;
  }

  @Override
  public Socket createSocket() throws SocketException {
    var socket = new Guarded();
    socket.setTcpNoDelay(true);
    return socket;
  }

  private final class Guarded extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
      // A name that is not resolved yet has no address that could be allowed.
      if (!(endpoint instanceof InetSocketAddress internet) || internet.isUnresolved()) {
        throw new PrivateAddressException();
      }
      reach.require(internet.getAddress());
      super.connect(endpoint, timeoutMillis);
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unguarded();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw unguarded();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unguarded();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw unguarded();
  }

  private static UnsupportedOperationException unguarded() {
    return new UnsupportedOperationException("these would be connected without being looked at");
  }
}
