package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** {@code GET /openapi.json}: what it says is so. */
@Timeout(120)
class DescriptionTest {
  private static final WebhookSettings WEBHOOKS =
      new WebhookSettings(List.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), true);
  private static final String NONE = "01970000-0000-7000-8000-000000000000";
  private static final String BATCH =
      """
      {"requests":[{"custom_id":"a","text":"Hi","metadata":{"a":"b"}}],
       "metadata":{"a":"b"},"deadline_seconds":60}\
      """;

  private static final String CHAT = "/v1/chat/completions";
  private static final String POST_CHAT = "POST " + CHAT;
  private static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String BYE = HI.replace("Hi", "Bye");
  private static final String STREAM =
      HI.replaceFirst("\\{", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},");
  private static final Settlement CALLS =
      new Settlement.Succeed(Samples.result("Hi", "[{\"id\":\"c\"}]", Samples.USAGE));
  private static final String[] KEY = {"Idempotency-Key", "of-another"};
  private static final Pattern EVENT =
      Pattern.compile("event: (\\w+)\n(?:id: [^\n]*\n)?data: ([^\n]*)\n");

  /** Too slow a body, another host, nginx's refusal, a mistake, a stop: each has its test. */
  private static final Pattern SHOWN_ELSEWHERE =
      Pattern.compile("-(408|421|429|500) |OpenAiError-503 | RateLimit");

  @RegisterExtension final RunningWeb web = new RunningWeb(WEBHOOKS);
  @RegisterExtension final RunningWeb callsNobody = new RunningWeb();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private Described api;

  @BeforeEach
  void read() {
    api = new Described(web.get("/openapi.json"));
  }

  @AfterEach
  void close() {
    clients.shutdownNow();
  }

  private Future<Answer> ask(Callable<Answer> request) {
    var answer = clients.submit(request);
    web.awaitQueued(1);
    return answer;
  }

  private static Answer get(Future<Answer> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  @Test
  void every_route_is_described_and_nothing_else() {
    var served =
        web.web.served().stream()
            .filter(route -> route.matches("(GET|POST|DELETE) .*"))
            .map(route -> route.replace('<', '{').replace('>', '}'))
            .filter(route -> !route.matches("GET /(metrics|openapi.json|docs(/style.css)?)"))
            .filter(route -> !route.contains("/console"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(api.routes()).isEqualTo(served);
  }

  @Test
  void schemas_are_schemas() {
    var registry = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());
    var meta =
        registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    var document = web.get("/openapi.json").json();
    var schemas = document.at("/components/schemas");

    assertThat(schemas).isNotEmpty();
    schemas.forEachEntry((name, schema) ->
        assertThat(meta.validate(schema.toString(), InputFormat.JSON)).as(name).isEmpty());
    assertThat(references(document))
        .allSatisfy(place -> assertThat(document.at(place).isObject()).as(place).isTrue());
  }

  private static List<String> references(JsonNode document) {
    return document.findValuesAsString("$ref").stream()
        .map(reference -> reference.replace("#/components/", "/components/"))
        .toList();
  }

  @Test
  void what_is_not_as_described_is_noticed() {
    var health = "#/components/schemas/Health";
    api.assertFits(health, "{\"status\":\"ok\"}");
    for (var wrong : List.of("{}", "{\"status\":\"so so\"}", "{\"status\":\"ok\",\"a\":1}")) {
      assertThatThrownBy(() -> api.assertFits(health, wrong)).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void every_documented_answer_is_given_as_it_is_described() throws Exception {
    for (var prefix : List.of("/api", "")) {
      submitting(prefix);
    }
    jobs();
    changes();
    deliveries();
    batches();
    conversations();
    streams();
    refusals();
    service();

    assertThat(api.unseen()).allMatch(SHOWN_ELSEWHERE.asPredicate());
  }

  private void submitting(String prefix) {
    var text = "{\"text\":\"a\"}";
    leaving(
        "POST " + prefix + "/predict", headers -> web.postJson(prefix + "/predict", text, headers));
    var read = "GET " + prefix + "/result/{id}";
    var path = prefix + "/result/";
    api.holds(read, web.get(path + web.submit("x"), "Prefer", "wait=1"));
    api.holds(read, web.get(path + ended(Samples.success())));
    api.holds(read, web.get(path + ended(Samples.failure())));
    api.holds(read, web.get(path + ended(Samples.expiry())));
    api.holds(read, web.get(path + NONE));
  }

  /** What came of a job is what the same request is answered once more. */
  private void leaving(String route, Function<String[], Answer> leave) {
    for (var end : List.of(Samples.success(), Samples.failure(), Samples.expiry())) {
      var key = route.replace(' ', ':') + end.hashCode();
      api.holds(route, leave.apply(new String[] {"Idempotency-Key", key}));
      web.finish(end);
      var again = leave.apply(new String[] {"Idempotency-Key", key, "Prefer", "wait=30"});
      api.holds(route, again);
    }
  }

  private JobId ended(Settlement end) {
    web.store.claim(RunningWeb.WORKER, 8);
    var id = web.submit("x");
    web.finish(end);
    return id;
  }

  private void jobs() {
    var read = "GET /api/jobs/{id}";
    var id = web.submit("x");
    api.holds(read, web.get("/api/jobs/" + id));
    for (var end : List.of(Samples.success(), Samples.failure(), Samples.expiry())) {
      api.holds(read, web.get("/api/jobs/" + ended(end)));
    }
    api.holds(read, web.get("/api/jobs/" + NONE));
    api.holds("GET /api/jobs", web.get("/api/jobs"));
    assertThat(web.get("/api/jobs").json().get("data").size()).isGreaterThan(5);
  }

  private void changes() {
    var cancel = "POST /api/jobs/{id}/cancel";
    var retry = "POST /api/jobs/{id}/retry";
    var erase = "DELETE /api/jobs/{id}";
    var done = ended(Samples.success());
    leaving(retry, headers -> web.post("/api/jobs/" + done + "/retry", headers));
    var id = web.submit("x");
    api.holds(retry, web.post("/api/jobs/" + id + "/retry"));
    api.holds(erase, web.delete("/api/jobs/" + id));
    api.holds(cancel, web.post("/api/jobs/" + id + "/cancel"));
    api.holds(cancel, web.post("/api/jobs/" + done + "/cancel"));
    api.holds(erase, web.delete("/api/jobs/" + done));
    api.holds(retry, web.post("/api/jobs/" + done + "/retry"));
    for (var change : List.of("cancel", "retry")) {
      var none = web.post("/api/jobs/" + NONE + "/" + change);
      api.holds("POST /api/jobs/{id}/" + change, none);
    }
    api.holds(erase, web.delete("/api/jobs/" + NONE));
    keyOfAnother(retry, headers -> web.post("/api/jobs/" + id + "/retry", headers));
    for (var prefix : List.of("/api", "")) {
      keyOfAnother(
          "POST " + prefix + "/predict",
          headers -> web.postJson(prefix + "/predict", "{\"text\":\"c\"}", headers));
    }
  }

  private void keyOfAnother(String route, Function<String[], Answer> leave) {
    web.postJson("/api/predict", "{\"text\":\"b\"}", KEY).expect(202);
    assertThat(api.holds(route, leave.apply(KEY)).status()).isEqualTo(422);
  }

  private void deliveries() {
    var list = "GET /api/jobs/{id}/deliveries";
    var replay = "POST /api/jobs/{id}/deliveries/{delivery}/replay";
    web.store.claim(RunningWeb.WORKER, 8);
    var asked = "{\"text\":\"x\",\"webhook\":\"http://127.0.0.1:9/hook\"}";
    var id = web.postJson("/api/predict", asked).member("job_id");
    web.finish(Samples.success());
    var path = "/api/jobs/" + id + "/deliveries";
    var delivery = api.holds(list, web.get(path)).member("data/0/id");
    api.holds(list, web.get("/api/jobs/" + NONE + "/deliveries"));
    api.holds(replay, web.post(path + "/" + delivery + "/replay"));
    api.holds(replay, web.post(path + "/none/replay"));
    var other = "/api/jobs/" + callsNobody.submit("x") + "/deliveries/none/replay";
    api.holds(replay, callsNobody.post(other));
  }

  private void batches() {
    var leave = "POST /api/batches";
    var one = "/api/batches/{id}";
    web.store.claim(RunningWeb.WORKER, 8);
    var key = new String[] {"Idempotency-Key", "batch"};
    var id = api.holds(leave, web.postJson("/api/batches", api.asks(leave, BATCH), key));
    api.holds(leave, web.postJson("/api/batches", BATCH, key));
    api.holds(leave, web.postJson("/api/batches", BATCH.replace("Hi", "Ho"), key));
    var path = "/api/batches/" + id.member("batch_id");
    api.holds("GET /api/batches", web.get("/api/batches"));
    api.holds("GET " + one, web.get(path));
    web.finish(Samples.success());
    var lines = api.holds("GET " + one + "/results", web.get(path + "/results"));
    lines.text().lines().forEach(line -> api.assertFits("#/components/schemas/BatchLine", line));
    assertThat(lines.text().lines()).hasSize(1);
    var other = web.postJson("/api/batches", BATCH).expect(202).member("batch_id");
    api.holds("POST " + one + "/cancel", web.post("/api/batches/" + other + "/cancel"));
    api.holds("POST " + one + "/cancel", web.post(path + "/cancel"));
    var none = "/api/batches/" + NONE;
    api.holds("GET " + one, web.get(none));
    api.holds("GET " + one + "/results", web.get(none + "/results"));
    api.holds("POST " + one + "/cancel", web.post(none + "/cancel"));
  }

  private void conversations() throws Exception {
    web.store.claim(RunningWeb.WORKER, 8);
    for (var end : List.of(Samples.success(), Samples.expiry())) {
      ended(HI, end);
    }
    for (var code : ErrorCode.values()) {
      ended(HI, new Settlement.Fail(JobError.ours(code, "no", false), null));
    }
    var canceled = ask(() -> web.postJson(CHAT, HI, "Idempotency-Key", "canceled"));
    web.store.cancel(Tenant.DEFAULT, web.claim().id());
    api.holds(POST_CHAT, get(canceled));
    api.holds(POST_CHAT, web.postJson(CHAT, HI, "Idempotency-Key", "canceled"));
    api.holds(POST_CHAT, web.postJson(CHAT, BYE, "Idempotency-Key", "canceled"));
    api.holds(POST_CHAT, web.postJson(CHAT, "{}"));
    api.holds("GET /v1/models", web.get("/v1/models"));
    api.holds("GET /v1/models/{model}", web.get("/v1/models/some/model"));
    api.holds("GET /v1/models/{model}", web.get("/v1/models/other"));
  }

  private Answer ended(String conversation, Settlement end) throws Exception {
    var answer = ask(() -> web.postJson(CHAT, conversation));
    web.finish(end);
    return api.holds(POST_CHAT, get(answer));
  }

  private void streams() throws Exception {
    for (var line : data(ended(STREAM, CALLS))) {
      assertThat(line.equals("[DONE]") || api.fits("ChatChunk", line)).as(line).isTrue();
    }
    assertThat(data(ended(STREAM, Samples.failure())).getLast())
        .satisfies(line -> assertThat(api.fits("OpenAiError", line)).isTrue());

    var follow = "GET /api/jobs/{id}/events";
    var path = "/api/jobs/" + web.submit("x") + "/events";
    try (var live = EventReader.open(web.port(), path)) {
      var status = live.next().orElseThrow();
      assertThat(api.fits("StatusEvent", status.data())).as(status.data()).isTrue();
    }
    web.finish(Samples.success());
    var told = api.holds(follow, web.get(path, "Last-Event-ID", "1.1.9.1")).text();
    assertThat(EVENT.matcher(told).results().map(event -> event.group(1)))
        .containsExactly("reset", "output", "completed");
    EVENT
        .matcher(told)
        .results()
        .forEach(event ->
            assertThat(api.fits(schema(event.group(1)), event.group(2))).as(told).isTrue());
    var last = told.replaceAll("(?s).*\nid: ([^\n]+)\n.*", "$1");
    api.holds(follow, web.get(path, "Last-Event-ID", last));
    api.holds(follow, web.get("/api/jobs/" + NONE + "/events"));
  }

  private static String schema(String event) {
    return switch (event) {
      case "output" -> "OutputEvent";
      case "reset" -> "ResetEvent";
      default -> "Job";
    };
  }

  private static List<String> data(Answer stream) {
    return stream
        .text()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring(6))
        .toList();
  }

  private void refusals() {
    for (var route : List.of("POST /api/predict", POST_CHAT)) {
      var path = route.substring(5);
      api.holds(route, web.postJson(path, "{}", "Idempotency-Key", " "));
      api.holds(route, web.postJson(path, "{}", "Origin", "https://example.org"));
      api.holds(route, web.postJson(path, " ".repeat(1_000_001)));
      api.holds(route, web.post(path, "Content-Type", "text/plain"));
    }
    api.holds("GET /api/jobs", web.get("/api/jobs?limit=0"));
    for (var unreadable : List.of("%00", "%FF")) {
      api.holds("GET /v1/models/{model}", web.get("/v1/models/" + unreadable));
    }
    api.holdsRefusal("Problem-default", web.post("/api/queue"));
    api.holdsRefusal("OpenAiError-default", web.post("/v1/models"));
    api.holdsRefusal("OpenAiError-default", web.get("/v1/models/" + "x".repeat(9_000)));
  }

  private void service() {
    web.submit("one that waits");
    api.holds("GET /api/queue", web.get("/api/queue"));
    for (var path : List.of("/api", "/", "/healthz", "/readyz")) {
      api.holds("GET " + path, web.get(path));
    }
    web.store.close();
    api.holds("GET /readyz", web.get("/readyz"));
    api.holds("GET /api/jobs", web.get("/api/jobs"));
    api.holds(POST_CHAT, web.postJson(CHAT, HI));
  }

  @Test
  void a_webhook_is_sent_as_it_is_described() throws Exception {
    try (var receiver = new MockWebServer()) {
      receiver.start();
      receiver.enqueue(new MockResponse.Builder().code(204).build());
      var asked = "{\"text\":\"x\",\"webhook\":\"" + receiver.url("/hook") + "\"}";
      web.postJson("/api/predict", asked).expect(202);
      web.finish(Samples.success());

      var sent = receiver.takeRequest(20, TimeUnit.SECONDS);

      assertThat(sent).isNotNull();
      var hook = web.get("/openapi.json").json().at("/webhooks/job.ended/post");
      for (var parameter : hook.get("parameters")) {
        assertThat(sent.getHeaders().get(parameter.get("name").stringValue())).isNotNull();
      }
      api.assertFits(
          hook.at("/requestBody/content/application~1json/schema/$ref").stringValue(),
          Objects.requireNonNull(sent.getBody()).utf8());
    }
  }

  @Test
  void the_page_says_the_same_to_people_and_runs_nothing() {
    var page = web.get("/docs").expect(200);

    assertThat(page.header("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.header("Content-Security-Policy").orElse("")).contains("default-src 'none'");
    assertThat(page.text()).doesNotContain("<script", "style=", "://");
    for (var route : api.routes()) {
      assertThat(page.text()).contains("<code>" + route + "</code>");
    }
    assertThat(page.text()).contains("id=\"ChatCompletion\"");
    assertThat(web.get("/docs/style.css").expect(200).header("Content-Type"))
        .hasValue("text/css;charset=utf-8");
  }
}
