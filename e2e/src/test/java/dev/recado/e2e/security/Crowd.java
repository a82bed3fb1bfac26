package dev.recado.e2e.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Many clients who all begin and then take their time. Not thread-safe. */
public final class Crowd implements AutoCloseable {
  /** Little room for what is not read, so that the server has to keep it. */
  private static final int RECEIVE_BYTES = 4_096;

  private final List<SocketChannel> clients;

  private Crowd(List<SocketChannel> clients) {
    this.clients = clients;
  }

  /** They connect and send this; what comes back they do not read. */
  public static Crowd of(int size, URI server, String beginning) {
    return new Crowd(IntStream.range(0, size).mapToObj(_ -> connect(server, beginning)).toList());
  }

  private static SocketChannel connect(URI server, String beginning) {
    try {
      var client = SocketChannel.open();
      client.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
      client.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      client.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.US_ASCII)));
      client.configureBlocking(false);
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each that is still connected sends one byte more. */
  public void trickle() {
    clients.forEach(Crowd::trickle);
  }

  private static void trickle(SocketChannel client) {
    try {
      client.write(ByteBuffer.wrap(new byte[] {'a'}));
    } catch (IOException expected) {
      // the server has hung up on it
    }
  }

  /** On how many the server has hung up; they read what it had to say. */
  public long hungUpOn() {
    return clients.stream().filter(Crowd::isAtItsEnd).count();
  }

  private static boolean isAtItsEnd(SocketChannel client) {
    try {
      var buffer = ByteBuffer.allocate(RECEIVE_BYTES);
      var read = client.read(buffer);
      while (read > 0) {
        read = client.read(buffer.clear());
      }
      return read < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() {
    for (var client : clients) {
      try {
        client.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
