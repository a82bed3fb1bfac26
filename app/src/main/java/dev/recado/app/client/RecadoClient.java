package dev.recado.app.client;

import dev.recado.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server's HTTP interface, as far as the command line needs it. Thread-safe. */
public final class RecadoClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration UPLOAD = Duration.ofMinutes(6);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
  private static final int CHUNK = 64 << 10;
  private static final String KEY = "Idempotency-Key";

  private final URI base;
  private final Optional<Secret> adminToken;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final JsonMapper json = JsonMapper.shared();

  /** A client of the server at this base URL. */
  public RecadoClient(URI base) {
    this(base, Optional.empty());
  }

  /** An operator's client, with a token where the server asks for one. */
  public RecadoClient(URI base, Optional<Secret> adminToken) {
    this.base = base;
    this.adminToken = adminToken;
  }

  /** An empty request, to be filled and given to {@link #submit}. */
  public ObjectNode newRequest() {
    return json.createObjectNode();
  }

  /** Leaves a request and returns its job's id. */
  public String submit(ObjectNode request) throws ServerException, InterruptedException {
    return expectOk(post("/api/predict", request)).path("job_id").asString();
  }

  /** Leaves a request and returns its job's id; the same key again gives the same job. */
  public String submit(ObjectNode request, String key)
      throws ServerException, InterruptedException {
    var reply = repeatable(posting("/api/predict", request).header(KEY, key).build());
    return expectOk(reply).path("job_id").asString();
  }

  /** Looks after a job. */
  public Outcome result(String id) throws ServerException, InterruptedException {
    var reply = look("/api/result/" + encode(id));
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
    return expectOk(look("/api/jobs/" + encode(id)));
  }

  /** Leaves a file of requests, one a line; the same key again gives the same batch. */
  public LeftBatch submitBatch(Path requests, String key)
      throws ServerException, InterruptedException, IOException {
    var reply =
        repeatable(
            request("/api/batches")
                .timeout(UPLOAD)
                .header("Content-Type", "application/jsonl")
                .header(KEY, key)
                .POST(BodyPublishers.ofFile(requests))
                .build());
    return new LeftBatch(expectOk(reply).path("batch_id").asString(), reply.isReplayed());
  }

  /** A batch as it stands. */
  public ObjectNode batch(String id) throws ServerException, InterruptedException {
    return expectOk(look("/api/batches/" + encode(id)));
  }

  /**
   * Writes the results of a batch, a line each.
   *
   * @param after only those behind this index; -1 for all
   */
  public void batchResults(String id, int after, OutputStream out)
      throws ServerException, InterruptedException, IOException {
    var path = "/api/batches/" + encode(id) + "/results" + (after < 0 ? "" : "?after=" + after);
    var response = open(get(path));
    try (var lines = response.body()) {
      if (response.statusCode() != 200) {
        throw foreign(response.statusCode());
      }
      var chunk = new byte[CHUNK];
      for (var read = receive(lines, chunk); read >= 0; read = receive(lines, chunk)) {
        out.write(chunk, 0, read);
      }
    }
  }

  private HttpResponse<InputStream> open(HttpRequest request)
      throws ServerException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new ServerException.Unreachable(base, e);
    }
  }

  // That the server goes away is one thing, that the file cannot be written another.
  private int receive(InputStream lines, byte[] chunk) throws ServerException {
    try {
      return lines.read(chunk);
    } catch (IOException e) {
      throw new ServerException.Unreachable(base, e);
    }
  }

  /** The queue at a glance. */
  public ObjectNode queue() throws ServerException, InterruptedException {
    return expectOk(look("/api/queue"));
  }

  /** Has no job started any more; those that run go on. */
  public void pause() throws ServerException, InterruptedException {
    expectOk(post("/api/console/pause", json.createObjectNode()));
  }

  /** Has jobs started again. */
  public void resume() throws ServerException, InterruptedException {
    expectOk(post("/api/console/resume", json.createObjectNode()));
  }

  /**
   * Repeats some of the jobs that failed, newest first, and tells where the next call goes on.
   *
   * @param code only those with this error, or null
   * @param since only those accepted at or after this time
   * @param cursor where the call before ended; empty to begin
   */
  public ObjectNode retryFailed(@Nullable String code, Instant since, String cursor)
      throws ServerException, InterruptedException {
    var which = json.createObjectNode().put("created_after", since.toString());
    if (code != null) {
      which.put("code", code);
    }
    if (!cursor.isEmpty()) {
      which.put("cursor", cursor);
    }
    return expectOk(post("/api/console/retry-failed", which));
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
    return send(posting(path, body).build());
  }

  private HttpRequest.Builder posting(String path, JsonNode body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
  }

  private Reply look(String path) throws ServerException, InterruptedException {
    return repeatable(get(path));
  }

  /** Asks what changes nothing, or nothing more if it is asked again. */
  private Reply repeatable(HttpRequest request) throws ServerException, InterruptedException {
    var reply = send(request);
    if (ServerException.Busy.is(reply.status())) {
      throw new ServerException.Busy(reply.status(), reply.body(), reply.comeAgain());
    }
    return reply;
  }

  private HttpRequest get(String path) {
    return request(path).GET().build();
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    adminToken.ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
    return request;
  }

  private Reply send(HttpRequest request) throws ServerException, InterruptedException {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      var isReplayed = response.headers().firstValue("Idempotency-Replayed").isPresent();
      return new Reply(response.statusCode(), body(response), isReplayed, comeAgain(response));
    } catch (IOException e) {
      throw new ServerException.Unreachable(base, e);
    }
  }

  /** As our servers and nginx say it: in seconds. Nothing where somebody says it otherwise. */
  private static Duration comeAgain(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(SECONDS.asMatchPredicate())
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(Duration.ZERO);
  }

  private ObjectNode body(HttpResponse<String> response) throws ServerException {
    try {
      if (json.readTree(response.body()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      // told below, like JSON that is no object: not our server, or a proxy's own page
    }
    throw foreign(response.statusCode());
  }

  /** An answer that is not what our server says; a proxy says so when ours is away. */
  private ServerException foreign(int status) {
    return ServerException.Busy.is(status)
        ? new ServerException.Busy(status, json.createObjectNode(), Duration.ZERO)
        : new ServerException.Foreign(base, status);
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

  private record Reply(int status, ObjectNode body, boolean isReplayed, Duration comeAgain) {}
}
