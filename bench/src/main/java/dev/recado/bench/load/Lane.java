package dev.recado.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of a load, with one request under way at most. Not thread-safe. */
final class Lane {
  private final SocketChannel channel;
  private final ResponseReader reader = new ResponseReader();
  private long intended;

  private Lane(SocketChannel channel) {
    this.channel = channel;
  }

  static Lane open(URI server, Selector selector) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    var lane = new Lane(channel);
    channel.register(selector, SelectionKey.OP_READ, lane);
    return lane;
  }

  /** Sends a request that was meant to be sent at this time. */
  void send(Request request, long intended) throws IOException {
    this.intended = intended;
    reader.reset();
    // A request fits into the socket's buffer, which is empty: the last answer has come.
    for (var bytes = request.bytes(); bytes.hasRemaining(); ) {
      channel.write(bytes);
    }
  }

  /**
   * Reads what has come.
   *
   * @param scratch an empty buffer, left empty
   * @return whether the answer is complete now
   */
  boolean receive(ByteBuffer scratch) throws IOException {
    if (channel.read(scratch) < 0) {
      throw new IOException("the server hung up");
    }
    scratch.flip();
    var complete = reader.take(scratch);
    scratch.clear();
    return complete;
  }

  int status() {
    return reader.status();
  }

  long intended() {
    return intended;
  }

  void close() throws IOException {
    channel.close();
  }
}
