package dev.recado.e2e.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An OpenAI-compatible model server on a free port, streaming or not as it is asked. The request's
 * model name says how a call behaves, see {@link Behaviour}. It is written over sockets, because it
 * must notice at once when a client hangs up in the middle of a silence. Thread-safe.
 */
public final class FakeModel implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final ServerSocket server;
  private final CallLog calls = new CallLog();
  private final Service service = new Service();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private FakeModel(ServerSocket server) {
    this.server = server;
  }

  public static FakeModel start() {
    return listen(InetAddress.getLoopbackAddress());
  }

  /** Listens where containers can reach it too; {@link #port()} says on which port. */
  public static FakeModel startOn(InetAddress address) {
    return listen(address);
  }

  private static FakeModel listen(InetAddress address) {
    try {
      var model = new FakeModel(new ServerSocket(0, BACKLOG, address));
      Thread.ofVirtual().name("fake-model").start(model::accept);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      new Conversation(client, calls, service).run();
    } catch (IOException _) {
      // the client is gone; the call log has noted it
    } finally {
      clients.remove(client);
    }
  }

  /** From now on every call gets this status, whatever its model name says. */
  public void refuseAll(int status) {
    service.refuse(status);
  }

  /** Calls are answered again as their model names say. */
  public void answerAgain() {
    service.resume();
  }

  /** How often each prompt met {@link #refuseAll}. */
  public Map<String, Integer> refusedByPrompt() {
    return calls.refusedByPrompt();
  }

  /** What to set as MODEL_URL. */
  public String url() {
    return "http://127.0.0.1:" + port() + "/v1";
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How often each prompt was asked. */
  public Map<String, Integer> callsByPrompt() {
    return calls.byPrompt();
  }

  public int calls(String prompt) {
    return calls.byPrompt().getOrDefault(prompt, 0);
  }

  /** When a prompt was last asked; far in the future if it never was. */
  public Instant lastCall(String prompt) {
    return calls.last(prompt);
  }

  public int calls() {
    return calls.byPrompt().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Calls being answered now. */
  public int open() {
    return calls.open();
  }

  /** The most calls that were ever answered at once. */
  public int maxOpen() {
    return calls.maxOpen();
  }

  /** When the client hung up on a call of this prompt, the last time. */
  public Optional<Instant> abandoned(String prompt) {
    return calls.abandoned(prompt);
  }

  /** Calls whose client hung up before the answer was complete. */
  public int abandoned() {
    return calls.abandoned();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var client : clients) {
      client.close();
    }
  }
}
