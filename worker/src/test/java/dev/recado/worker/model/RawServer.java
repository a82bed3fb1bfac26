package dev.recado.worker.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A server down at the socket: it shows when the client closes, and can hold thousands of calls.
 */
final class RawServer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final String ANSWER =
      "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";

  private final ServerSocket socket;
  private final String firstWords;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> closedByClient = new CompletableFuture<>();
  private final CompletableFuture<Void> answerAll = new CompletableFuture<>();
  private final Semaphore asked = new Semaphore(0);

  /** Says this much after each request, and then nothing until told to. */
  RawServer(String firstWords) throws IOException {
    this.firstWords = firstWords;
    this.socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    handlers.execute(this::acceptAll);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Has a permit for each request that came in whole. */
  Semaphore asked() {
    return asked;
  }

  CompletableFuture<Void> closedByClient() {
    return closedByClient;
  }

  void answerAll() {
    answerAll.complete(null);
  }

  private void acceptAll() {
    try {
      while (true) {
        var client = socket.accept();
        handlers.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      handlers.shutdown();
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in = new BufferedInputStream(client.getInputStream());
      readRequest(in);
      client.getOutputStream().write(firstWords.getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().flush();
      asked.release();
      handlers.execute(() -> noticeClose(in));
      answerAll.join();
      client.getOutputStream().write(answer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void noticeClose(InputStream in) {
    try {
      if (in.read() < 0) {
        closedByClient.complete(null);
      }
    } catch (IOException reset) {
      closedByClient.complete(null);
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    var length = head.toString().toLowerCase(java.util.Locale.ROOT).split("content-length: ", 2)[1];
    in.readNBytes(Integer.parseInt(length.substring(0, length.indexOf('\r'))));
  }

  private static byte[] answer() {
    var head = "HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n";
    return (head + ANSWER).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    answerAll.complete(null);
    socket.close();
    handlers.shutdownNow();
  }
}
