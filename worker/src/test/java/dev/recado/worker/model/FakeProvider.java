package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Completed;
import dev.recado.worker.model.ModelAnswer.Refused;
import dev.recado.worker.model.ModelRequest.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import okio.Buffer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A model server that speaks the real wire format, byte by byte as told, and counts its calls. */
final class FakeProvider implements BeforeEachCallback, AfterEachCallback {
  static final String KEY = "hf_canaryKEYcanary0123";
  static final String PROMPT = "canary-prompt: why is the sky blue?";
  static final ModelServer.Patience PATIENCE =
      new ModelServer.Patience(
          Duration.ofSeconds(2), Duration.ofMillis(600), Duration.ofMillis(400));

  private final MockWebServer server = new MockWebServer();
  private final List<String> heard = new ArrayList<>();
  private OpenAiCompatibleClient client = client(AnswerLimits.USUAL);

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    server.start();
    client = client(AnswerLimits.USUAL);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    client.close();
    server.close();
  }

  MockWebServer server() {
    return server;
  }

  int calls() {
    return server.getRequestCount();
  }

  String url() {
    return "http://127.0.0.1:" + (server.getStarted() ? server.getPort() : 1);
  }

  OpenAiCompatibleClient client() {
    return client;
  }

  private OpenAiCompatibleClient client(AnswerLimits limits) {
    return new OpenAiCompatibleClient(server(url(), limits));
  }

  private static ModelServer server(String url, AnswerLimits limits) {
    return new ModelServer(Endpoint.at(url), KEY, "default-model", 8, PATIENCE, limits);
  }

  /** Asks under a name of its own, which these addresses answer to. */
  ModelAnswer askByName(Dns names) {
    var named = server(url().replace("127.0.0.1", "model.test"), AnswerLimits.USUAL);
    try (var byName = new OpenAiCompatibleClient(named, names)) {
      return byName.call(request(Duration.ofSeconds(20))).await(TextListener.DEAF);
    }
  }

  FakeProvider limitedTo(AnswerLimits limits) {
    client.close();
    client = client(limits);
    return this;
  }

  FakeProvider answers(MockResponse response) {
    server.enqueue(response);
    return this;
  }

  FakeProvider answers(int status, String body, String... headers) {
    return answers(response(status, body, headers).build());
  }

  FakeProvider answersJson(String body) {
    return answers(200, body, "Content-Type: application/json");
  }

  /** Streams this text; each frame must bring its own line ends. */
  FakeProvider streams(String text) {
    return answers(stream(text).build());
  }

  /** Streams this text and then cuts the connection, in the middle of the response. */
  FakeProvider streamsAndCuts(String text) {
    return answers(
        stream(text)
            .setHeader("Content-Length", text.length() + 1_000)
            .onResponseEnd(new SocketEffect.CloseSocket())
            .build());
  }

  static MockResponse.Builder stream(String text) {
    return response(200, text, "Content-Type: text/event-stream");
  }

  static MockResponse.Builder response(int status, String body, String... headers) {
    var builder = new MockResponse.Builder().code(status).body(new Buffer().writeUtf8(body));
    for (var header : headers) {
      builder.addHeader(header);
    }
    return builder;
  }

  static ModelRequest request(Duration timeout) {
    return new ModelRequest(
        "a-model", List.of(new Message("user", PROMPT)), null, null, "call-1", timeout);
  }

  /** Asks, and holds what was heard on the way against what it came to. */
  ModelAnswer ask() {
    heard.clear();
    var answer = client.call(request(Duration.ofSeconds(20))).await(heard::add);
    if (answer instanceof Completed(var result)) {
      var content = result.content() == null ? "" : result.content();
      assertThat(content).startsWith(String.join("", heard));
    }
    return answer;
  }

  /** What was heard of the last answer while it came in. */
  List<String> heard() {
    return heard;
  }

  Completed askAndComplete() {
    return switch (ask()) {
      case Completed completed -> completed;
      case ModelAnswer other -> throw new AssertionError("not completed: " + other);
    };
  }

  Refused askAndBeRefused() {
    return switch (ask()) {
      case Refused refused -> refused;
      case ModelAnswer other -> throw new AssertionError("not refused: " + other);
    };
  }
}
