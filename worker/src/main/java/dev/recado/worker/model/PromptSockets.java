package dev.recado.worker.model;

import java.net.SocketException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;

/**
 * Turns Nagle's algorithm off, which OkHttp leaves on. With it, the end of a request that does not
 * fit into one packet waits for the server's delayed acknowledgement: 40 ms for each long prompt.
 */
final class PromptSockets extends EventListener {
  @Override
  public void connectionAcquired(Call call, Connection connection) {
    try {
      connection.socket().setTcpNoDelay(true);
    } catch (SocketException e) {
      // A socket that is already closed: the call is about to find out by itself.
    }
  }
}
