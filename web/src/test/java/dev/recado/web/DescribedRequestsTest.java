package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /openapi.json}: the requests that it takes are those that the server takes. */
@Timeout(120)
class DescribedRequestsTest {
  private static final WebhookSettings WEBHOOKS =
      new WebhookSettings(List.of(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), true);
  private static final Duration SOON = Duration.ofMillis(5);
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CHAT = "/v1/chat/completions";
  private static final String TEXT = "{\"text\":\"Hi\"}";
  private static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String WHOLE_TEXT =
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
       "stream":false,"stream_options":{"include_usage":true,"include_obfuscation":false},
       "top_p":1,"stop":"x","seed":1,"presence_penalty":1,"frequency_penalty":1,"logit_bias":{},
       "response_format":{},"tools":[],"tool_choice":"auto","parallel_tool_calls":true,
       "reasoning_effort":"low","verbosity":"low","n":1,"logprobs":false,"top_logprobs":0,
       "modalities":["text"],"audio":null,"web_search_options":null,"functions":null,
       "function_call":null,"user":"u","store":true,"service_tier":"auto",
       "prediction":{"type":"content","content":"x"},"prompt_cache_key":"k",
       "prompt_cache_options":{},"prompt_cache_retention":"24h","safety_identifier":"s"}\
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

  /** The server and the description must be of one mind. */
  private boolean isTaken(String schema, ObjectNode request) throws Exception {
    var body = request.toString();
    var isTaken = schema.equals("ChatRequest") ? isAnswered(body) : isAccepted(schema, body);
    assertThat(api.fits(schema, body)).as(shown(body)).isEqualTo(isTaken);
    return isTaken;
  }

  private boolean isAccepted(String schema, String body) {
    var path = schema.equals("Submission") ? "/api/predict" : "/api/batches";
    return isGood(web.postJson(path, body));
  }

  /** A conversation is taken once its job waits; its answer is not waited for. */
  private boolean isAnswered(String body) throws Exception {
    var answer = clients.submit(() -> web.postJson(CHAT, body));
    await().pollInterval(SOON).until(() -> answer.isDone() || web.store.claimable(1) == 1);
    return web.store.claim(RunningWeb.WORKER, 1).size() == 1 || isGood(answer.get());
  }

  private static boolean isGood(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(200, 202, 400);
    return answer.status() < 300;
  }

  private static String shown(String body) {
    return body.substring(0, Math.min(500, body.length()));
  }

  private static ObjectNode json(String object) {
    return (ObjectNode) MAPPER.readTree(object);
  }

  @Test
  void every_field_may_be_sent() throws Exception {
    assertThat(names(WHOLE_TEXT)).isEqualTo(api.members("Submission"));
    assertThat(isTaken("Submission", json(WHOLE_TEXT))).isTrue();

    assertThat(names(WHOLE_CHAT)).isEqualTo(api.members("ChatRequest"));
    web.store.claim(RunningWeb.WORKER, 8);
    assertThat(isTaken("ChatRequest", json(WHOLE_CHAT))).isTrue();
  }

  private static Set<String> names(String json) {
    return new TreeSet<>(json(json).propertyNames());
  }

  @Test
  void whatever_need_not_be_there_may_be_null() throws Exception {
    assertThat(isTaken("Submission", withNulls("Submission", TEXT))).isTrue();
    var batch = "{\"requests\":[{\"custom_id\":\"a\",\"text\":\"Hi\"}]}";
    assertThat(isTaken("BatchSubmission", withNulls("BatchSubmission", batch))).isTrue();
    web.store.claim(RunningWeb.WORKER, 8);
    assertThat(isTaken("ChatRequest", withNulls("ChatRequest", HI))).isTrue();

    for (var needed : List.of("{\"text\":null}", "{\"text\":\"x\",\"metadata\":{\"a\":null}}")) {
      assertThat(isTaken("Submission", json(needed))).isFalse();
    }
    assertThat(isTaken("ChatRequest", json("{\"messages\":null}"))).isFalse();
    assertThat(isTaken("BatchSubmission", json("{\"requests\":null}"))).isFalse();
  }

  private ObjectNode withNulls(String schema, String least) {
    var request = json(least);
    api.members(schema).stream().filter(name -> !request.has(name)).forEach(request::putNull);
    return request;
  }

  @Test
  void limits_are_where_they_are_said_to_be() throws Exception {
    assertThat(limited("Submission", TEXT))
        .contains("text", "model", "system", "max_tokens", "temperature", "webhook");
    web.store.claim(RunningWeb.WORKER, 100);
    assertThat(limited("ChatRequest", HI)).contains("model", "top_p", "stop", "presence_penalty");
  }

  /** The fields that have limits, each held to them. */
  private Set<String> limited(String schema, String least) throws Exception {
    var limited = new TreeSet<String>();
    for (var property : api.properties(schema).properties()) {
      for (var limit : List.of("minimum", "maximum", "maxLength", "maxItems")) {
        if (property.getValue().has(limit)) {
          var edge = property.getValue().get(limit).intValue();
          var beyond = limit.equals("minimum") ? edge - 1 : edge + 1;
          assertThat(isTaken(schema, with(least, property.getKey(), limit, edge))).isTrue();
          assertThat(isTaken(schema, with(least, property.getKey(), limit, beyond))).isFalse();
          limited.add(property.getKey());
        }
      }
    }
    return limited;
  }

  private static ObjectNode with(String least, String name, String limit, int number) {
    var request = json(least);
    var isUrl = name.equals("webhook");
    var start = isUrl ? "https://example.org/" : "";
    JsonNode value =
        switch (limit) {
          case "maxLength" -> MAPPER.valueToTree(start + "x".repeat(number - start.length()));
          case "maxItems" -> MAPPER.valueToTree(Collections.nCopies(number, "x"));
          default -> MAPPER.valueToTree(number);
        };
    request.set(name, value);
    return request;
  }

  @Test
  void a_text_is_judged_alike() throws Exception {
    for (var request :
        List.of(
            "{\"text\":\"\"}",
            "{\"text\":\" \\n\\t\"}",
            "{\"text\":\"a\\u0000\"}",
            "{\"text\":\"a\",\"system\":\"\\u0000\"}",
            "{\"text\":\"a\",\"system\":\"\"}",
            "{\"text\":\"a\",\"model\":\"\"}",
            "{\"text\":\"a\",\"model\":\"a b\"}",
            "{\"text\":\"a\",\"priority\":\"HIGH\"}",
            "{\"text\":\"a\",\"max_tokens\":1.5}",
            "{\"text\":\"a\",\"max_tokens\":\"1\"}",
            "{\"text\":\"a\",\"metadata\":{}}",
            "{\"text\":\"a\",\"metadata\":{\"\":\"b\"}}",
            "{\"text\":\"a\",\"metadata\":{\"a\":1}}",
            "{\"text\":\"a\",\"metadata\":{\"a\\u0000\":\"b\"}}",
            "{\"text\":\"a\",\"metadata\":{\"a\":\"\\u0000\"}}",
            "{\"text\":\"a\",\"metadata\":[]}",
            "{\"text\":\"a\",\"webhook\":\"https://example.org/\u00e4?\u00f6\"}",
            "{\"text\":\"a\",\"webhook\":7}",
            "{\"text\":\"a\",\"texts\":\"b\"}")) {
      var _ = isTaken("Submission", json(request));
    }
  }

  @Test
  void labels_are_judged_alike() throws Exception {
    for (var many : List.of(16, 17)) {
      var request = json(TEXT);
      var labels = request.putObject("metadata");
      for (var i = 0; i < many; i++) {
        labels.put("label" + i, "x");
      }
      assertThat(isTaken("Submission", request)).isEqualTo(many == 16);
    }
    assertThat(isTaken("Submission", labeled("n".repeat(64), "v".repeat(512)))).isTrue();
    assertThat(isTaken("Submission", labeled("n".repeat(65), "v"))).isFalse();
    assertThat(isTaken("Submission", labeled("n", "v".repeat(513)))).isFalse();
  }

  private static ObjectNode labeled(String name, String value) {
    var request = json(TEXT);
    request.putObject("metadata").put(name, value);
    return request;
  }

  @Test
  void an_option_of_a_conversation_is_judged_alike() throws Exception {
    for (var option :
        List.of(
            "\"n\":2",
            "\"logprobs\":true",
            "\"top_logprobs\":1",
            "\"modalities\":[]",
            "\"modalities\":[\"audio\"]",
            "\"audio\":{}",
            "\"functions\":[]",
            "\"web_search_options\":{}",
            "\"stop\":[]",
            "\"stop\":[1]",
            "\"stop\":\"\"",
            "\"stream\":\"yes\"",
            "\"stream_options\":{}",
            "\"stream_options\":7",
            "\"stream_options\":{\"include_usage\":null,\"continuous_usage_stats\":7}",
            "\"stream_options\":{\"include_usage\":1}",
            "\"stream_options\":{\"include_usge\":true}",
            "\"tool_choice\":{}",
            "\"tool_choice\":7",
            "\"tools\":[{}]",
            "\"tools\":[7]",
            "\"user\":7",
            "\"store\":{}",
            "\"temprature\":1")) {
      var _ = isTaken("ChatRequest", json(HI.replaceFirst("\\{", "{" + option + ",")));
    }
  }

  @Test
  void a_message_is_judged_alike() throws Exception {
    for (var message :
        List.of(
            "{\"role\":\"judge\",\"content\":\"x\"}",
            "{\"content\":\"x\"}",
            "{\"role\":null,\"content\":\"x\"}",
            "{\"role\":\"user\"}",
            "{\"role\":\"user\",\"content\":\"\"}",
            "{\"role\":\"user\",\"content\":null}",
            "{\"role\":\"user\",\"content\":7}",
            "{\"role\":\"user\",\"content\":\"a\\u0000\"}",
            "{\"role\":\"user\",\"content\":[]}",
            "{\"role\":\"user\",\"content\":[7]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":null}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{},\"id\":7}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"refusal\":\"b\"}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"a\",\"index\":1}]}",
            "{\"role\":\"user\",\"content\":\"x\",\"name\":null,\"tool_calls\":7,\"refusal\":7}",
            "{\"role\":\"user\",\"content\":\"x\",\"name\":7}",
            "{\"role\":\"user\",\"content\":\"x\",\"contents\":1}",
            "{\"role\":\"user\",\"refusal\":\"no\"}",
            "{\"role\":\"assistant\",\"content\":null}",
            "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\",\"annotations\":[]}",
            "{\"role\":\"assistant\",\"content\":null,\"refusal\":7,\"tool_calls\":[{}]}",
            "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{}]}",
            "{\"role\":\"assistant\",\"tool_calls\":[{}],\"audio\":{},\"function_call\":{}}",
            "{\"role\":\"assistant\",\"tool_calls\":[]}",
            "{\"role\":\"assistant\",\"tool_calls\":[7]}",
            "{\"role\":\"assistant\",\"content\":\"x\",\"tool_calls\":null,\"reasoning\":\"y\"}",
            "{\"role\":\"tool\",\"content\":\"x\"}",
            "{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":null}",
            "{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":\"c\"}",
            "7")) {
      var _ = isTaken("ChatRequest", json("{\"messages\":[" + message + "]}"));
    }
  }

  @Test
  void a_batch_is_judged_alike() throws Exception {
    for (var batch :
        List.of(
            "{}",
            "{\"requests\":[]}",
            "{\"requests\":[{\"text\":\"a\"}]}",
            "{\"requests\":[{\"custom_id\":\"\",\"text\":\"a\"}]}",
            "{\"requests\":[{\"custom_id\":\" \",\"text\":\"a\"}]}",
            "{\"requests\":[{\"custom_id\":\"b\",\"text\":\"a\",\"model\":null}]}",
            "{\"requests\":[{\"custom_id\":\"b\",\"text\":\"a\"}],\"deadline_seconds\":604800}",
            "{\"requests\":[{\"custom_id\":\"b\",\"text\":\"a\"}],\"deadline_seconds\":604801}",
            "{\"requests\":[{\"custom_id\":\"b\",\"text\":\"a\"}],\"model\":\"m\"}")) {
      var _ = isTaken("BatchSubmission", json(batch));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/jsonl",
        "application/x-ndjson",
        "application/x-jsonlines",
        "text/plain",
        "application/xml"
      })
  void a_batch_comes_in_the_forms_that_are_described(String mediaType) {
    var line = "{\"custom_id\":\"a\",\"text\":\"Hi\"}";
    var body = mediaType.endsWith("/json") ? "{\"requests\":[" + line + "]}" : line;
    var answer =
        web.send("POST", "/api/batches", BodyPublishers.ofString(body), "Content-Type", mediaType);

    assertThat(answer.status()).isEqualTo(api.reads("POST /api/batches", mediaType) ? 202 : 415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/jobs?limit=1",
        "GET /api/jobs?limit=100",
        "GET /api/jobs?limit=101",
        "GET /api/jobs?limit=0",
        "GET /api/jobs?status=queued",
        "GET /api/jobs?status=QUEUED",
        "GET /api/jobs?cursor=AZcAAAAAcACAAAAAAAAAAA",
        "GET /api/jobs?cursor=x",
        "GET /api/batches?limit=100",
        "GET /api/batches?limit=101"
      })
  void a_parameter_is_judged_alike(String question) {
    var parts = question.split("[ ?=]", -1);
    var isGood = isGood(web.get(question.substring(4)));

    assertThat(api.takes("GET " + parts[1], parts[2], parts[3])).isEqualTo(isGood);
  }
}
