package dev.recado.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.model.FakeModel;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official Java SDK as it comes: only its base URL is another. */
@Tag("process")
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class JavaSdkTest {
  @RegisterExtension static final Harness harness = new Harness();

  private FakeModel model;
  private RecadoProcess up;
  private OpenAIClient client;

  @BeforeAll
  void start() {
    model = harness.model();
    up = harness.up(Map.of("MODEL_URL", model.url(), "MODEL_NAME", "lab/fake"));
    client = OpenAIOkHttpClient.builder().baseUrl(up.uri() + "/v1").apiKey("unread").build();
  }

  @AfterAll
  void close() {
    client.close();
  }

  private static ChatCompletionCreateParams.Builder ask(String model, String text) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
  }

  private static String content(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  @Test
  void an_answer_is_waited_for_however_slow_the_model() {
    var params = ask("fake?latency=3000&text=Claro!", "slow").addSystemMessage("be brief").build();

    var completion = client.chat().completions().create(params);

    assertThat(content(completion)).isEqualTo("Claro!");
    var choice = completion.choices().getFirst();
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(1);
    var job = completion.id().substring("chatcmpl-".length());
    assertThat(up.client().content(job)).isEqualTo("Claro!");
  }

  @Test
  void the_job_is_named_and_a_key_meets_it_again() {
    var params = ask("fake?count=1", "once").putAdditionalHeader("Idempotency-Key", "k").build();

    try (var first = client.chat().completions().withRawResponse().create(params);
        var second = client.chat().completions().withRawResponse().create(params)) {
      assertThat(first.headers().values("X-Job-Id"))
          .hasSize(1)
          .isEqualTo(second.headers().values("X-Job-Id"));
      assertThat(content(second.parse())).isEqualTo("call 1");
    }
    assertThat(model.calls("once")).isEqualTo(1);
  }

  @Test
  void an_answer_is_streamed_while_it_is_given() {
    var usage = ChatCompletionStreamOptions.builder().includeUsage(true).build();
    var params = ask("fake?tokens=20&tps=40", "stream").streamOptions(usage).build();
    var answer = ChatCompletionAccumulator.create();

    try (var stream = client.chat().completions().createStreaming(params)) {
      var chunks = stream.stream().peek(answer::accumulate).count();
      assertThat(chunks).as("chunks").isGreaterThan(5);
    }

    assertThat(content(answer.chatCompletion())).startsWith("w0 w1 ").endsWith(" w19");
    assertThat(answer.chatCompletion().usage().orElseThrow().completionTokens()).isEqualTo(20);
  }

  @Test
  void a_refusal_of_the_model_is_the_sdks_exception_and_is_not_repeated() {
    var params = ask("fake?status=400", "bad").build();

    var error =
        catchThrowableOfType(
            BadRequestException.class, () -> client.chat().completions().create(params));

    assertThat(error.code()).hasValue("provider_bad_request");
    assertThat(model.calls("bad")).isEqualTo(1);
  }

  @Test
  void the_operators_wrong_key_is_not_the_clients() {
    var params = ask("fake?status=401", "locked").build();

    var error =
        catchThrowableOfType(
            InternalServerException.class, () -> client.chat().completions().create(params));

    assertThat(error.statusCode()).isEqualTo(502);
    assertThat(error.code()).hasValue("provider_auth");
    assertThat(model.calls("locked")).isEqualTo(1);
  }

  @Test
  void what_cannot_be_kept_is_refused_by_name() {
    var params = ask("fake", "twice").n(2).build();

    var error =
        catchThrowableOfType(
            BadRequestException.class, () -> client.chat().completions().create(params));

    assertThat(error.param()).hasValue("n");
    assertThat(model.calls("twice")).isZero();
  }

  @Test
  void models_are_listed() {
    assertThat(client.models().list().data()).extracting(Model::id).containsExactly("lab/fake");
    assertThat(client.models().retrieve("lab/fake").id()).isEqualTo("lab/fake");
  }
}
