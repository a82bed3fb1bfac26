package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import dev.recado.job.JobId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /openapi.json}: what it says is so. */
@Timeout(120)
class DescriptionTest {
  private static final WebhookSettings WEBHOOKS =
      new WebhookSettings(List.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), true);
  private static final String NONE = "01970000-0000-7000-8000-000000000000";
  private static final String EVERYTHING =
      """
      {"text":"Hi","model":"m","system":"s","max_tokens":9,"temperature":0.5,"priority":"high",
       "deadline_seconds":60,"run_at":"2026-11-21T11:00:00Z","metadata":{"a":"b"},
       "webhook":"http://127.0.0.1:9/hook"}\
      """;
  private static final String WHOLE_CHAT =
      """
      {"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}],"name":"ana"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c"}]},
        {"role":"tool","content":"3","tool_call_id":"c"}],
       "model":"m","max_tokens":9,"max_completion_tokens":9,"temperature":1,"metadata":{"a":"b"},
       "stream":false,"stream_options":{"include_usage":true},"top_p":1,"stop":"x","seed":1,
       "presence_penalty":1,"frequency_penalty":1,"logit_bias":{},"response_format":{},"tools":[],
       "tool_choice":"auto","parallel_tool_calls":true,"reasoning_effort":"low","verbosity":"low",
       "n":1,"user":"u","store":true}\
      """;

  private static final String BATCH =
      """
      {"requests":[{"custom_id":"a","text":"Hi","metadata":{"a":"b"}}],
       "metadata":{"a":"b"},"deadline_seconds":60}\
      """;

  @RegisterExtension final RunningWeb web = new RunningWeb(WEBHOOKS);
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
    var schemas = web.get("/openapi.json").json().at("/components/schemas");

    assertThat(schemas).isNotEmpty();
    schemas.forEachEntry((name, schema) ->
        assertThat(meta.validate(schema.toString(), InputFormat.JSON)).as(name).isEmpty());
    assertThat(references(web.get("/openapi.json").json()))
        .allSatisfy(name -> assertThat(schemas.has(name)).as(name).isTrue());
  }

  private static List<String> references(JsonNode document) {
    return document.findValuesAsString("$ref").stream()
        .map(reference -> reference.replace("#/components/schemas/", ""))
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
  void every_documented_field_is_read() throws Exception {
    assertThat(members(EVERYTHING)).isEqualTo(api.members("Submission"));
    web.postJson("/api/predict", api.asks("POST /api/predict", EVERYTHING)).expect(202);
    web.finish(Samples.success());

    assertThat(members(WHOLE_CHAT)).isEqualTo(api.members("ChatRequest"));
    var chat = api.asks("POST /v1/chat/completions", WHOLE_CHAT);
    var answer = ask(() -> web.postJson("/v1/chat/completions", chat));
    web.finish(Samples.success());
    get(answer).expect(200);
  }

  private static Set<String> members(String json) {
    return new TreeSet<>(new JsonMapper().readTree(json).propertyNames());
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
    openAi();
    service();

    assertThat(api.unseen()).isEmpty();
  }

  private void submitting(String prefix) throws Exception {
    var post = "POST " + prefix + "/predict";
    var read = "GET " + prefix + "/result/{id}";
    var path = prefix + "/result/";
    var waiting =
        ask(() -> web.postJson(prefix + "/predict", "{\"text\":\"x\"}", "Prefer", "wait=30"));
    web.finish(Samples.success());
    var done = api.holds(post, get(waiting)).member("job_id");
    api.holds(read, web.get(path + done));
    var key = "k" + prefix;
    var first = web.postJson(prefix + "/predict", "{\"text\":\"a\"}", "Idempotency-Key", key);
    var id = api.holds(post, first).member("job_id");
    api.holds(post, web.postJson(prefix + "/predict", "{\"text\":\"b\"}", "Idempotency-Key", key));
    api.holds(read, web.get(path + id));
    web.finish(Samples.failure());
    api.holds(read, web.get(path + id));
    api.holds(read, web.get(path + canceled()));
    api.holds(read, web.get(path + NONE));
  }

  private JobId canceled() {
    var id = web.submit("x");
    web.post("/api/jobs/" + id + "/cancel").expect(200);
    return id;
  }

  private void jobs() {
    var read = "GET /api/jobs/{id}";
    var id = web.submit("x");
    api.holds(read, web.get("/api/jobs/" + id));
    web.finish(Samples.success());
    api.holds(read, web.get("/api/jobs/" + id));
    api.holds(read, web.get("/api/jobs/" + NONE));
    api.holds("GET /api/jobs", web.get("/api/jobs"));
    assertThat(web.get("/api/jobs").json().get("data").size()).isGreaterThan(5);

    var follow = "GET /api/jobs/{id}/events";
    var events = api.holds(follow, web.get("/api/jobs/" + id + "/events"));
    var last = events.text().replaceAll("(?s).*\nid: ([^\n]+)\n.*", "$1");
    api.holds(follow, web.get("/api/jobs/" + id + "/events", "Last-Event-ID", last));
    api.holds(follow, web.get("/api/jobs/" + NONE + "/events"));
  }

  private void changes() {
    var cancel = "POST /api/jobs/{id}/cancel";
    var retry = "POST /api/jobs/{id}/retry";
    var erase = "DELETE /api/jobs/{id}";
    var id = web.submit("x");
    api.holds(retry, web.post("/api/jobs/" + id + "/retry"));
    api.holds(erase, web.delete("/api/jobs/" + id));
    api.holds(cancel, web.post("/api/jobs/" + id + "/cancel"));
    var again = api.holds(retry, web.post("/api/jobs/" + id + "/retry")).member("job_id");
    web.finish(Samples.success());
    api.holds(cancel, web.post("/api/jobs/" + again + "/cancel"));
    api.holds(erase, web.delete("/api/jobs/" + id));
    api.holds(retry, web.post("/api/jobs/" + id + "/retry"));
    var key = new String[] {"Idempotency-Key", "retry"};
    api.holds(retry, web.post("/api/jobs/" + again + "/retry", key));
    web.finish(Samples.success());
    api.holds(retry, web.post("/api/jobs/" + canceled() + "/retry", key));
    for (var change : List.of("cancel", "retry")) {
      var none = web.post("/api/jobs/" + NONE + "/" + change);
      api.holds("POST /api/jobs/{id}/" + change, none);
    }
    api.holds(erase, web.delete("/api/jobs/" + NONE));
  }

  private void deliveries() {
    var list = "GET /api/jobs/{id}/deliveries";
    var replay = "POST /api/jobs/{id}/deliveries/{delivery}/replay";
    var asked = "{\"text\":\"x\",\"webhook\":\"http://127.0.0.1:9/hook\"}";
    var id = web.postJson("/api/predict", asked).member("job_id");
    web.finish(Samples.success());
    var path = "/api/jobs/" + id + "/deliveries";
    var delivery = api.holds(list, web.get(path)).member("data/0/id");
    api.holds(list, web.get("/api/jobs/" + NONE + "/deliveries"));
    api.holds(replay, web.post(path + "/" + delivery + "/replay"));
    api.holds(replay, web.post(path + "/none/replay"));
  }

  private void batches() {
    var one = "/api/batches/{id}";
    var request = api.asks("POST /api/batches", BATCH);
    var id = api.holds("POST /api/batches", web.postJson("/api/batches", request));
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

  private void openAi() throws Exception {
    var chat = "POST /v1/chat/completions";
    var hi = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    var good = ask(() -> web.postJson("/v1/chat/completions", hi));
    web.finish(Samples.success());
    api.holds(chat, get(good));
    var bad = ask(() -> web.postJson("/v1/chat/completions", hi));
    web.finish(Samples.refusal());
    api.holds(chat, get(bad));
    api.holds(chat, web.postJson("/v1/chat/completions", "{}"));
    api.holds("GET /v1/models", web.get("/v1/models"));
    api.holds("GET /v1/models/{model}", web.get("/v1/models/some/model"));
    api.holds("GET /v1/models/{model}", web.get("/v1/models/other"));
  }

  private void service() {
    web.submit("one that waits");
    api.holds("GET /api/queue", web.get("/api/queue"));
    for (var path : List.of("/api", "/", "/healthz", "/readyz")) {
      api.holds("GET " + path, web.get(path));
    }
    web.doorbell.close();
    api.holds("GET /readyz", web.get("/readyz"));
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
