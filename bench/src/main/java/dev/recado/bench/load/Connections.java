package dev.recado.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Open connections to a server, which any number of loads may use one after the other: in a short
 * load the first answers over new connections would be what is measured. Not thread-safe.
 */
public final class Connections implements AutoCloseable {
  private final URI server;
  private final Selector selector;
  private final List<Lane> lanes = new ArrayList<>();

  private Connections(URI server, Selector selector) {
    this.server = server;
    this.selector = selector;
  }

  /**
   * Opens so many.
   *
   * @throws UncheckedIOException if the server does not take them
   */
  public static Connections open(URI server, int number) {
    try {
      var connections = new Connections(server, Selector.open());
      try {
        for (var i = 0; i < number; i++) {
          connections.lanes.add(Lane.open(server, connections.selector));
        }
        return connections;
      } catch (IOException e) {
        connections.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI server() {
    return server;
  }

  List<Lane> lanes() {
    return lanes;
  }

  /** Tells of those on which something has come, at once. */
  int now(Consumer<Lane> receiver) throws IOException {
    return selector.selectNow(key -> receiver.accept(lane(key)));
  }

  /** The same, after a wait of so long at most. */
  void await(long millis, Consumer<Lane> receiver) throws IOException {
    selector.select(key -> receiver.accept(lane(key)), millis);
  }

  private static Lane lane(SelectionKey key) {
    return (Lane) key.attachment();
  }

  @Override
  public void close() {
    try {
      for (var lane : lanes) {
        lane.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
