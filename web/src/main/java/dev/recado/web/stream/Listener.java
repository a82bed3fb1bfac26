package dev.recado.web.stream;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The client at the other end of a stream. Jetty reads nothing while a handler runs, so it would
 * only see that a client is gone when a write fails: after the second keepalive. Hence we look
 * ourselves. Bytes that come meanwhile are dropped, so the connection must end with the stream.
 */
final class Listener {
  private static final int A_FEW_BYTES = 1_024;

  private final EndPoint connection;
  private final Server server;
  private final ByteBuffer dropped = BufferUtil.allocate(A_FEW_BYTES);

  private Listener(EndPoint connection, Server server) {
    this.connection = connection;
    this.server = server;
  }

  static Listener of(Context context) {
    var request = ServletContextRequest.getServletContextRequest(context.req());
    var connection = request.getConnectionMetaData();
    return new Listener(
        connection.getConnection().getEndPoint(), connection.getConnector().getServer());
  }

  /** Whether the server goes on. */
  boolean isServed() {
    return server.isRunning();
  }

  /** Whether there is no client any more. */
  boolean hasHungUp() {
    BufferUtil.clear(dropped);
    try {
      return connection.fill(dropped) < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
