package dev.recado.app.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server's HTTP interface, as far as the command line needs it. Thread-safe. */
public final class RecadoClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final JsonMapper json = JsonMapper.shared();

  /** A client of the server at this base URL. */
  public RecadoClient(URI base) {
    this.base = base;
  }

  /** An empty request, to be filled and given to {@link #submit}. */
  public ObjectNode newRequest() {
    return json.createObjectNode();
  }

  /** Leaves a request and returns its job's id. */
  public String submit(ObjectNode request) throws ServerException, InterruptedException {
    return expectOk(post("/api/predict", request)).path("job_id").asString();
  }

  /** Looks after a job. */
  public Outcome result(String id) throws ServerException, InterruptedException {
    var reply = send(get("/api/result/" + encode(id)));
    return switch (reply.status()) {
      case 200 -> new Outcome.Succeeded(reply.body());
      case 202 -> new Outcome.Pending(reply.body());
      case 404, 410, 424 -> new Outcome.Failed(reply.body());
      default -> throw new ServerException.Refused(reply.status(), reply.body());
    };
  }

  /** Asks for a job to be canceled; one that is already finished stays as it is. */
  public void cancel(String id) throws ServerException, InterruptedException {
    post("/api/jobs/" + encode(id) + "/cancel", json.createObjectNode());
  }

  /** The job, whole. */
  public ObjectNode job(String id) throws ServerException, InterruptedException {
    return expectOk(send(get("/api/jobs/" + encode(id))));
  }

  /** The queue at a glance. */
  public ObjectNode queue() throws ServerException, InterruptedException {
    return expectOk(send(get("/api/queue")));
  }

  /** Throws unless the server says that it can do its work. */
  public void requireReady() throws ServerException, InterruptedException {
    expectOk(send(get("/readyz")));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Reply post(String path, JsonNode body) throws ServerException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build());
  }

  private HttpRequest get(String path) {
    return request(path).GET().build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
  }

  private Reply send(HttpRequest request) throws ServerException, InterruptedException {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return new Reply(response.statusCode(), body(response));
    } catch (IOException e) {
      throw new ServerException.Unreachable(base, e);
    }
  }

  private ObjectNode body(HttpResponse<String> response) throws ServerException {
    try {
      if (json.readTree(response.body()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      // told below, like JSON that is no object: not our server, or a proxy's own page
    }
    throw new ServerException.Foreign(base, response.statusCode());
  }

  private static ObjectNode expectOk(Reply reply) throws ServerException {
    if (reply.status() / 100 != 2) {
      throw new ServerException.Refused(reply.status(), reply.body());
    }
    return reply.body();
  }

  private static String encode(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  private record Reply(int status, ObjectNode body) {}
}
