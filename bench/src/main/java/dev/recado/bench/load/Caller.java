package dev.recado.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection that is used for one exchange after the other. Not thread-safe. */
public final class Caller implements AutoCloseable {
  private final SocketChannel channel;
  private final ResponseReader reader = new ResponseReader();
  private final ByteBuffer scratch = ByteBuffer.allocate(16 << 10);

  private Caller(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects. */
  public static Caller to(URI server) {
    try {
      var channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return new Caller(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One exchange over a connection of its own. */
  public static Response once(URI server, Request request) {
    try (var caller = to(server)) {
      return caller.call(request);
    }
  }

  /** Sends a request and waits for the answer. */
  public Response call(Request request) {
    try {
      reader.reset();
      for (var bytes = request.bytes(); bytes.hasRemaining(); ) {
        channel.write(bytes);
      }
      var complete = false;
      while (!complete) {
        complete = receive();
      }
      return reader.response();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean receive() throws IOException {
    scratch.clear();
    if (channel.read(scratch) < 0) {
      throw new IOException("the server hung up");
    }
    return reader.take(scratch.flip());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
