package dev.recado.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that follows a job, and keeps what a person would have on the screen. Reads block until
 * there is something. For one thread.
 */
public final class EventStream implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private final StringBuilder screen;
  private final List<String> names = new ArrayList<>();
  private String lastId = "";

  private EventStream(HttpResponse<InputStream> response, String screen) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    this.screen = new StringBuilder(screen);
  }

  /** One event. */
  public record Event(String name, String id, JsonNode data) {}

  /** Follows a job from its beginning. */
  public static EventStream of(RecadoProcess web, String job) {
    return open(web.uri(), job, null, "");
  }

  /** Goes on at this web, perhaps another one, where this one was. */
  public EventStream resumedAt(RecadoProcess web, String job) {
    return open(web.uri(), job, lastId.isEmpty() ? null : lastId, screen());
  }

  private static EventStream open(URI web, String job, @Nullable String lastId, String screen) {
    var request = HttpRequest.newBuilder(web.resolve("/api/jobs/" + job + "/events"));
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      return new EventStream(HTTP.send(request.build(), BodyHandlers.ofInputStream()), screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int status() {
    return response.statusCode();
  }

  /** The next event; empty at the end, be it a good one or that of the connection. */
  public Optional<Event> next() {
    var name = "";
    var id = "";
    var data = new StringBuilder();
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data.append(line, 6, line.length());
        } else if (line.isEmpty() && !data.isEmpty()) {
          return Optional.of(
              seen(new Event(name, id, JsonMapper.shared().readTree(data.toString()))));
        }
      }
    } catch (IOException cut) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private Event seen(Event event) {
    lastId = event.id();
    names.add(event.name());
    switch (event.name()) {
      case "output" -> screen.append(event.data().get("delta").asString());
      case "reset" -> screen.setLength(0);
      default -> {}
    }
    return event;
  }

  /** Reads until so much text is on the screen. */
  public void awaitText(int length) {
    while (screen.length() < length) {
      var _ = next().orElseThrow();
    }
  }

  /** Reads to the end. */
  public EventStream toEnd() {
    while (next().isPresent()) {}
    return this;
  }

  /** The text so far. */
  public String screen() {
    return screen.toString();
  }

  /** The names of the events so far. */
  public List<String> names() {
    return List.copyOf(names);
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
