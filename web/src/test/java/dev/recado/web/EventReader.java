package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that follows a job. Reads block until there is something: tests have a timeout. */
record EventReader(HttpClient client, HttpResponse<InputStream> response, BufferedReader lines)
    implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** One event, or a comment, whose name is a colon. */
  record Event(String name, String id, String data) {
    JsonNode json() {
      return MAPPER.readTree(data);
    }

    String status() {
      return json().get("status").stringValue();
    }
  }

  static EventReader open(int port, String pathAndQuery, String... headers) {
    var request = request(port, pathAndQuery);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return open(request.build());
  }

  /** Follows what this JSON asks for. */
  static EventReader post(int port, String path, String json) {
    return open(
        request(port, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private static HttpRequest.Builder request(int port, String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery));
  }

  private static EventReader open(HttpRequest request) {
    var client = HttpClient.newHttpClient();
    try {
      var response = client.send(request, BodyHandlers.ofInputStream());
      var text = new InputStreamReader(response.body(), StandardCharsets.UTF_8);
      return new EventReader(client, response, new BufferedReader(text));
    } catch (IOException e) {
      throw new AssertionError(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  int status() {
    return response.statusCode();
  }

  /** The next event or comment; empty at the end. What only asks for patience is passed over. */
  Optional<Event> next() {
    var name = "";
    var id = "";
    var data = new StringBuilder();
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(":")) {
          name = line;
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data.append(line, 6, line.length());
        } else if (line.isEmpty() && !(name.isEmpty() && data.isEmpty())) {
          return Optional.of(new Event(name, id, data.toString()));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Optional.empty();
  }

  Event expectStatus(String id, String status) {
    var event = next().orElseThrow();
    assertThat(event.name()).isEqualTo("status");
    assertThat(event.id()).isEqualTo(id);
    assertThat(event.status()).isEqualTo(status);
    return event;
  }

  Event expectOutput(String id, String delta) {
    var event = next().orElseThrow();
    assertThat(event).isEqualTo(new Event("output", id, "{\"delta\":\"%s\"}".formatted(delta)));
    return event;
  }

  /** The last event, with nothing after it, and with nothing but text before it. */
  Event expectCompleted(String id, String status) {
    var event = next().orElseThrow();
    while (event.name().equals("output")) {
      event = next().orElseThrow();
    }
    assertThat(event.name()).isEqualTo("completed");
    assertThat(event.id()).isEqualTo(id);
    assertThat(event.status()).isEqualTo(status);
    assertThat(next()).isEmpty();
    return event;
  }

  /** Hangs up. */
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
