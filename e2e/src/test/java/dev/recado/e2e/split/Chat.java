package dev.recado.e2e.split;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.e2e.RecadoProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/chat/completions} without an SDK, which would not let its line be cut. */
final class Chat {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RecadoProcess web;

  Chat(RecadoProcess web) {
    this.web = web;
  }

  /** Asks under this key, for the answer as a whole. Canceling the future cuts the line. */
  CompletableFuture<HttpResponse<String>> ask(String text, String model, String key) {
    var request =
        request(Map.of("model", model, "messages", messages(text)))
            .header("Idempotency-Key", key)
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  /** Asks for a stream, and returns when it has begun. */
  Streamed stream(String text, String model) {
    var request =
        request(Map.of("model", model, "stream", true, "messages", messages(text))).build();
    try {
      return new Streamed(http.send(request, BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(Map<String, ?> body) {
    return HttpRequest.newBuilder(web.uri().resolve("/v1/chat/completions"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  private static List<Map<String, String>> messages(String text) {
    return List.of(Map.of("role", "user", "content", text));
  }

  /** Which job an answer is about. */
  static String job(HttpResponse<?> answer) {
    return answer.headers().firstValue("X-Job-Id").orElseThrow();
  }

  /** A stream of chunks. Reads block until there is something. For one thread. */
  static final class Streamed implements AutoCloseable {
    private static final String DATA = "data: ";

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private final StringBuilder text = new StringBuilder();
    private boolean isComplete;

    private Streamed(HttpResponse<InputStream> response) {
      this.response = response;
      this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    int status() {
      return response.statusCode();
    }

    String job() {
      return Chat.job(response);
    }

    /** Reads until so much text has come, or all that will. */
    Streamed awaitText(int length) {
      try {
        for (var line = ""; line != null && text.length() < length; line = lines.readLine()) {
          if (line.startsWith(DATA)) {
            take(line.substring(DATA.length()));
          }
        }
        return this;
      } catch (IOException cut) {
        return this;
      }
    }

    private void take(String data) {
      if (data.equals("[DONE]")) {
        isComplete = true;
      } else {
        text.append(JSON.readTree(data).at("/choices/0/delta/content").asString(""));
      }
    }

    Streamed toEnd() {
      return awaitText(Integer.MAX_VALUE);
    }

    String text() {
      return text.toString();
    }

    /** Whether its end was said, and is not that of the connection. */
    boolean isComplete() {
      return isComplete;
    }

    /** Hangs up. */
    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
