package dev.recado.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Who sends a request, as far as we can know.
 *
 * @param peer the other end of the connection; empty if it has no address
 * @param speaksFor whom the peer says it passes the request on for. A proxy says so; so can anybody
 */
record Caller(Optional<InetAddress> peer, String speaksFor) {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int LONGEST = 64;

  static Caller of(HttpServletRequest request) {
    var header = request.getHeader(FORWARDED_FOR);
    var speaksFor = header == null ? "" : header;
    var shortened = speaksFor.substring(Math.max(0, speaksFor.length() - LONGEST));
    return new Caller(peer(request), shortened);
  }

  boolean isThisMachine() {
    return peer.filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private static Optional<InetAddress> peer(HttpServletRequest request) {
    // Not getRemoteAddr(), which may come to read headers one day.
    var connection =
        ServletContextRequest.getServletContextRequest(request).getConnectionMetaData();
    return connection.getRemoteSocketAddress() instanceof InetSocketAddress address
        ? Optional.ofNullable(address.getAddress())
        : Optional.empty();
  }
}
