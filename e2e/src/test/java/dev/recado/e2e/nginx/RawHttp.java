package dev.recado.e2e.nginx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends bytes that no well-behaved client would send, and takes whatever comes back. */
public final class RawHttp {
  private final URI server;

  public RawHttp(URI server) {
    this.server = server;
  }

  /** What the server answers until it closes the connection or is silent for two seconds. */
  public String send(String bytes) {
    return send(bytes, Duration.ofSeconds(2));
  }

  String send(String bytes, Duration silence) {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return answer(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String answer(Socket socket) throws IOException {
    var answer = new StringBuilder();
    var buffer = new byte[8192];
    try {
      for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
        answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
      return answer.toString();
    } catch (SocketTimeoutException _) {
      return answer.toString();
    } catch (SocketException _) {
      return answer.toString(); // reset
    }
  }
}
