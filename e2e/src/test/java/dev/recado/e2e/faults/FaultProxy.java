package dev.recado.e2e.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line between two programs that can be made bad: it stands on a free port of the loopback
 * interface and passes bytes on to another. What ails it holds for the connections that stand and
 * for those to come, both ways unless it says otherwise. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Phaser changes = new Phaser(1);
  private final AtomicInteger hurt = new AtomicInteger();
  private volatile Ailment ailment = new Ailment.None();

  private FaultProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A good line to this port of the loopback interface. */
  static FaultProxy to(int target) {
    try {
      var proxy =
          new FaultProxy(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on the line has this ailment, or none. */
  void become(Ailment next) {
    ailment = next;
    changes.arrive();
    if (next instanceof Ailment.Reset) {
      links.forEach(this::reset);
    }
  }

  /** How many times bytes or connections suffered from what ails the line. */
  int hurt() {
    return hurt.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var upstream = new Socket()) {
      var link = new Link(client, upstream);
      if (ailment instanceof Ailment.Reset) {
        reset(link);
        return;
      }
      upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
      links.add(link);
      try {
        var back = Thread.ofVirtual().start(() -> pump(link, upstream, client, Way.BACK));
        pump(link, client, upstream, Way.THERE);
        back.join();
      } finally {
        links.remove(link);
      }
    } catch (IOException gone) {
      // one end is not there; closing tells the other
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Link link, Socket from, Socket to, Way way) {
    try {
      pass(link, from.getInputStream(), to.getOutputStream(), way);
      to.shutdownOutput();
    } catch (IOException broken) {
      link.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Link link, InputStream in, OutputStream out, Way way)
      throws IOException, InterruptedException {
    var buffer = new byte[8_192];
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      var phase = changes.getPhase();
      var now = ailment;
      if (!(now instanceof Ailment.None)) {
        hurt.incrementAndGet();
      }
      switch (now) {
        case Ailment.None _, Ailment.Reset _ -> out.write(buffer, 0, n);
        case Ailment.Latency(Duration delay) -> {
          Thread.sleep(delay);
          out.write(buffer, 0, n);
        }
        case Ailment.Blackhole _ -> {
          changes.awaitAdvanceInterruptibly(phase);
          throw new IOException("the bytes that were swallowed are missing");
        }
        case Ailment.Garbage _ -> out.write(way == Way.BACK ? scrambled(buffer, n) : buffer, 0, n);
        case Ailment.CutAfter(int bytes) -> {
          if (way == Way.BACK && link.passedBack.addAndGet(n) >= bytes) {
            throw new IOException("cut");
          }
          out.write(buffer, 0, n);
        }
        case Ailment.HalfClosed _ -> {
          if (way == Way.BACK) {
            return; // the client hears the end; what it sends still arrives
          }
          out.write(buffer, 0, n);
        }
      }
    }
  }

  private static byte[] scrambled(byte[] bytes, int count) {
    for (var i = 0; i < count; i++) {
      bytes[i] ^= 0x55;
    }
    return bytes;
  }

  private void reset(Link link) {
    hurt.incrementAndGet();
    link.reset();
  }

  @Override
  public void close() throws IOException {
    server.close();
    changes.forceTermination();
    links.forEach(Link::close);
  }

  private enum Way {
    THERE,
    BACK
  }

  private record Link(Socket client, Socket upstream, AtomicInteger passedBack) {
    Link(Socket client, Socket upstream) {
      this(client, upstream, new AtomicInteger());
    }

    // a linger of zero makes the close an RST
    void reset() {
      try {
        client.setSoLinger(true, 0);
      } catch (IOException closed) {
        return;
      } finally {
        close();
      }
    }

    void close() {
      close(client);
      close(upstream);
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException alreadyClosed) {
        return;
      }
    }
  }
}
