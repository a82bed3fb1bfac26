package dev.recado.web.wait;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The client at the other end of a request that is held open. Jetty reads nothing until it is
 * answered, so it would only see that a client is gone when a write fails. Hence we look ourselves.
 * For one thread at a time.
 */
public final class Listener {
  private static final int A_FEW_BYTES = 1_024;

  private final EndPoint connection;
  private final Server server;
  private final HttpServletResponse response;

  private Listener(EndPoint connection, Server server, HttpServletResponse response) {
    this.connection = connection;
    this.server = server;
    this.response = response;
  }

  /** The client of a request whose body has been received. */
  public static Listener of(Context context) {
    var request = ServletContextRequest.getServletContextRequest(context.req());
    var connection = request.getConnectionMetaData();
    return new Listener(
        connection.getConnection().getEndPoint(),
        connection.getConnector().getServer(),
        context.res());
  }

  /** Whether the server goes on. */
  public boolean isServed() {
    return server.isRunning();
  }

  /**
   * Whether there is no client any more; not to be asked once its answer may be under way. Bytes
   * that have come are dropped, so the connection then ends with the answer.
   */
  public boolean hasHungUp() {
    try {
      var dropped = connection.fill(BufferUtil.allocate(A_FEW_BYTES));
      if (dropped > 0) {
        response.setHeader("Connection", "close");
      }
      return dropped < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
