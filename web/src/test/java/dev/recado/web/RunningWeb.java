package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.config.AccessSettings;
import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import dev.recado.event.JobEvent;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.metrics.Metrics;
import dev.recado.queue.local.LocalDoorbell;
import dev.recado.store.OutputChunk;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.testing.SettableClock;
import dev.recado.trace.Traces;
import dev.recado.web.admission.AdmissionLimits;
import dev.recado.web.answer.Json;
import dev.recado.web.page.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.core.JsonGenerator;

/**
 * A web for one test: on a free port, with the real store in a folder of its own. The test plays
 * the worker.
 */
final class RunningWeb implements BeforeEachCallback, AfterEachCallback {
  static final WorkerId WORKER = new WorkerId("worker-1");
  static final HttpRequest.BodyPublisher NOTHING = BodyPublishers.noBody();
  private static final AdmissionLimits AMPLE = new AdmissionLimits(1_000_000, 0);
  private static final Host LOOPBACK = new Host("127.0.0.1");
  private static final int PATIENCE_MILLIS = 10_000;

  private final Page page;
  private final AdmissionLimits admission;
  private final WebhookSettings webhooks;
  private final AccessSettings access;
  private final Host host;
  private Duration patience = Duration.ZERO;
  private Duration jobDeadline = Duration.ofMinutes(10);
  private final HttpClient client = HttpClient.newHttpClient();
  final SettableClock clock = new SettableClock();
  final List<JobEvent> events = new CopyOnWriteArrayList<>();
  final LocalDoorbell doorbell = new LocalDoorbell();
  final Metrics metrics = new Metrics();
  private Path folder;
  private int port;
  LocalJobEvents bus;
  SqliteJobStore store;
  WebApp web;

  RunningWeb() {
    this(Page.none());
  }

  RunningWeb(Page page) {
    this(page, AMPLE, WebhookSettings.OFF, AccessSettings.UNDECIDED, LOOPBACK);
  }

  RunningWeb(AdmissionLimits admission) {
    this(Page.none(), admission, WebhookSettings.OFF, AccessSettings.UNDECIDED, LOOPBACK);
  }

  RunningWeb(WebhookSettings webhooks) {
    this(Page.none(), AMPLE, webhooks, AccessSettings.UNDECIDED, LOOPBACK);
  }

  RunningWeb(AccessSettings access, String host) {
    this(Page.none(), AMPLE, WebhookSettings.OFF, access, new Host(host));
  }

  /** One whose operators log in with this. */
  static RunningWeb withToken(String token) {
    return new RunningWeb(
        new AccessSettings(false, Optional.of(new Secret(token))), LOOPBACK.name());
  }

  /** One where a question for the result of a fresh job waits so long for its end. */
  static RunningWeb withPatience(Duration patience) {
    var web = new RunningWeb();
    web.patience = patience;
    return web;
  }

  @SuppressWarnings("NullAway.Init") // by beforeEach
  private RunningWeb(
      Page page,
      AdmissionLimits admission,
      WebhookSettings webhooks,
      AccessSettings access,
      Host host) {
    this.access = access;
    this.host = host;
    this.page = page;
    this.admission = admission;
    this.webhooks = webhooks;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("recado-web");
    store = SqliteJobStore.open(databaseUrl(), clock);
    bus = new LocalJobEvents();
    bus.subscribe(events::add);
    web = anotherWeb();
    web.start();
    port = web.port();
    store.signOn(WORKER, 8, Duration.ofHours(1));
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    client.close();
    web.close();
    store.close();
    metrics.close();
    try (var files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(f -> f.delete());
    }
  }

  /** A web like this one, on the same store; not yet listening. */
  WebApp anotherWeb() {
    return anotherWeb(access);
  }

  WebApp anotherWeb(AccessSettings access) {
    var settings =
        new WebSettings(
            new HostAndPort(host, 0),
            Set.of("Jobs.Recado.com"),
            access,
            jobDeadline,
            patience,
            "some/model",
            admission,
            webhooks,
            page,
            "1.2.3");
    return new WebApp(settings, new WebPorts(store, doorbell, bus, metrics, Traces.OFF, clock));
  }

  /** Stops it, and starts it on the same store with this deadline for jobs that name none. */
  void restart(Duration otherDeadline) throws IOException {
    web.close();
    jobDeadline = otherDeadline;
    web = anotherWeb();
    web.start();
    port = web.port();
  }

  /** Where it listens, or has listened. */
  int port() {
    return port;
  }

  /** Where its store lies. */
  Path folder() {
    return folder;
  }

  String databaseUrl() {
    return "jdbc:sqlite:" + folder.resolve("recado.db");
  }

  // ---- the client ----

  Answer get(String path, String... headers) {
    return send("GET", path, NOTHING, headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, NOTHING, headers);
  }

  /** Without a body. */
  Answer post(String path, String... headers) {
    return send("POST", path, NOTHING, headers);
  }

  Answer postJson(String path, String body, String... headers) {
    var all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send("POST", path, BodyPublishers.ofString(body), all);
  }

  Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    var request = HttpRequest.newBuilder(uri(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Sends these very characters (one byte each) and reads until the server closes. */
  String raw(String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A JSON object as text. */
  String jsonObject(Consumer<JsonGenerator> members) {
    return new String(Json.object(members), StandardCharsets.UTF_8);
  }

  /** Leaves a text and gives its job. */
  JobId submit(String text) {
    var answer = postJson("/api/predict", "{\"text\":\"" + text + "\"}").expect(202);
    return new JobId(answer.member("job_id"));
  }

  /** Returns when so many jobs are in the queue. */
  void awaitQueued(int count) {
    await().until(() -> store.queue(Tenant.DEFAULT).queued() == count);
  }

  // ---- the worker ----

  /** Takes the first job in line. */
  ClaimedJob claim() {
    var claimed = store.claim(WORKER, 1);
    assertThat(claimed).hasSize(1);
    return claimed.getFirst();
  }

  /** Says something of a running job's answer, as its worker does. */
  void say(ClaimedJob job, int start, String text) {
    assertThat(store.append(List.of(new OutputChunk(job, start, text)))).containsExactly(job.id());
    bus.publish(new JobEvent.OutputGrew(job.id(), job.attempt()));
  }

  /** Takes the first job in line and ends it so. */
  void finish(Settlement settlement) {
    var job = claim();
    assertThat(store.settle(job, settlement)).isTrue();
  }
}
