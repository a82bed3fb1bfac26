package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More clients than there may be. */
class ConnectionBoundTest {
  private static final int MOST = 3;
  private static final int A_MOMENT_MILLIS = 500;
  private static final int PATIENCE_MILLIS = 30_000;

  private final Server server = HttpServer.create(MOST);
  private final ServerConnector connector =
      HttpServer.listen(server, new HostAndPort(new Host("127.0.0.1"), 0));

  @BeforeEach
  void start() throws Exception {
    server.addConnector(connector);
    server.setHandler(new Greeter());
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void one_too_many_waits_until_another_has_left() throws IOException {
    var first = greeted();
    try (var second = greeted();
        var third = greeted();
        var late = connect()) {
      ask(late);
      assertThatThrownBy(() -> answer(late, A_MOMENT_MILLIS))
          .isInstanceOf(SocketTimeoutException.class);

      first.close();

      assertThat(answer(late, PATIENCE_MILLIS)).startsWith("HTTP/1.1 200");
      ask(second);
      assertThat(answer(second, PATIENCE_MILLIS)).startsWith("HTTP/1.1 200");
      assertThat(third.isConnected()).isTrue();
    }
  }

  private Socket greeted() throws IOException {
    var socket = connect();
    ask(socket);
    assertThat(answer(socket, PATIENCE_MILLIS)).startsWith("HTTP/1.1 200");
    return socket;
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
  }

  private static void ask(Socket socket) throws IOException {
    var request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private static String answer(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    var buffer = new byte[1_000];
    var length = socket.getInputStream().read(buffer);
    return new String(buffer, 0, length, StandardCharsets.US_ASCII);
  }

  private static final class Greeter extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      callback.succeeded();
      return true;
    }
  }
}
