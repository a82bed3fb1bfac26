package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Aborted;
import dev.recado.worker.model.ModelAnswer.Completed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancelTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private static ModelCall call(String url) {
    var server = ModelServer.at(url, null, "m", 1);
    return new OpenAiCompatibleClient(server).call(FakeProvider.request(Duration.ofSeconds(30)));
  }

  private static CompletableFuture<ModelAnswer> await(ModelCall call) {
    return CompletableFuture.supplyAsync(
        () -> call.await(TextListener.DEAF), Executors.newVirtualThreadPerTaskExecutor());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n",
        "HTTP/1.1 429 No\r\nContent-Length: 100\r\n\r\n{",
      })
  void the_server_sees_the_socket_close_within_a_second(String saidSoFar)
      throws IOException, InterruptedException {
    try (var server = new RawServer(saidSoFar)) {
      var call = call(server.url());
      var answer = await(call);
      server.asked().acquire();

      call.cancel();

      assertThat(server.closedByClient()).succeedsWithin(SOON);
      assertThat(answer).succeedsWithin(SOON).isInstanceOf(Aborted.class);
    }
  }

  @Test
  void an_interrupt_ends_the_call_like_a_cancel() throws IOException, InterruptedException {
    try (var server = new RawServer("")) {
      var answer = new CompletableFuture<ModelAnswer>();
      var call = call(server.url());
      var caller = Thread.startVirtualThread(() -> answer.complete(call.await(TextListener.DEAF)));
      server.asked().acquire();

      caller.interrupt();

      assertThat(server.closedByClient()).succeedsWithin(SOON);
      assertThat(answer).succeedsWithin(SOON).isInstanceOf(Aborted.class);
    }
  }

  @Test
  void before_the_call_it_sends_nothing() {
    var call = provider.client().call(FakeProvider.request(SOON));

    call.cancel();
    call.cancel();

    assertThat(call.await(TextListener.DEAF)).isInstanceOf(Aborted.class);
    assertThat(provider.calls()).isZero();
  }

  @Test
  void after_the_call_it_changes_nothing() {
    provider.answersJson("{\"choices\":[{\"message\":{\"content\":\"x\"}}]}");
    var call = provider.client().call(FakeProvider.request(Duration.ofSeconds(9)));

    assertThat(call.await(TextListener.DEAF)).isInstanceOf(Completed.class);
    call.cancel();
  }

  @Test
  void while_connecting_it_gives_up_at_once() throws Exception {
    try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var fill = fillBacklog(deaf);
      var call = call("http://127.0.0.1:" + deaf.getLocalPort());
      var answer = await(call);
      assertThat(answer)
          .as("still connecting")
          .failsWithin(Duration.ofMillis(300))
          .withThrowableOfType(java.util.concurrent.TimeoutException.class);

      call.cancel();

      assertThat(answer).succeedsWithin(SOON).isInstanceOf(Aborted.class);
      for (var socket : fill) {
        socket.close();
      }
    }
  }

  /** Nobody accepts: once the backlog is full, the kernel lets further connects wait. */
  private static List<Socket> fillBacklog(ServerSocket deaf) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (var i = 0; i < 8; i++) {
      var socket = new Socket();
      sockets.add(socket);
      try {
        socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 50);
      } catch (IOException full) {
        break;
      }
    }
    return sockets;
  }
}
