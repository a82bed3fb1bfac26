package dev.recado.e2e.security;

import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small bodies that could become large: many at once, at a web that has little memory. */
@Tag("process")
@Tag("soak")
@TestInstance(Lifecycle.PER_CLASS)
class JsonBombTest {
  private static final int AT_ONCE = 24;
  private static final int BOMBS = 72;
  private static final int LARGEST = 1_000_000;
  private static final Duration BOUND = Duration.ofSeconds(60);

  @RegisterExtension static final Harness harness = new Harness();

  private RecadoProcess recado;
  private ApiClient client;

  @BeforeAll
  void start() {
    recado = harness.up(Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m -XX:+ExitOnOutOfMemoryError"));
    client = recado.client();
  }

  static List<String> bombs() {
    return List.of(
        filled("[", "", ""),
        filled("{\"a\":", "", ""),
        filled("{\"text\":\"a\",\"metadata\":", "[", ""),
        filled("{\"text\":", "9", "}"),
        filled("{\"text\":\"a\",\"max_tokens\":-", "9", "}"),
        filled("{\"text\":\"a\",\"temperature\":0.", "0", "}"),
        filled("{\"text\":\"a\",\"temperature\":1e", "9", "}"),
        filled("{\"text\":\"a\",\"\":0", ",\"\":0", "}"),
        filled("{\"text\":\"a\"", ",\"text\":\"a\"", "}"),
        filled("[0", ",0", "]"),
        filled("{\"", "a", "\":1}"),
        filled("{\"text\":\"a\",\"model\":\"", "m", "\"}"),
        filled("{\"text\":\"a\",\"system\":\"", "\\n", "\"}"),
        IntStream.range(0, 90_000)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}")));
  }

  /** As large as a body may be. */
  private static String filled(String begin, String unit, String end) {
    var filling = unit.isEmpty() ? begin : unit;
    var room = LARGEST - begin.length() - end.length();
    return begin + filling.repeat(room / filling.length()) + end;
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("bombs")
  void a_bomb_is_a_bad_request_and_takes_nobody_s_memory(String bomb) {
    assertThat(bomb.length()).isLessThanOrEqualTo(LARGEST);
    assertThat(statuses(() -> ofString(bomb))).containsOnly(400);
    assertServes();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("bombs")
  void one_byte_more_is_too_large_even_where_no_length_was_told(String bomb) {
    var bytes = (bomb + " ".repeat(LARGEST + 1 - bomb.length())).getBytes(StandardCharsets.UTF_8);

    assertThat(post(ofInputStream(() -> new ByteArrayInputStream(bytes)))).isEqualTo(413);
  }

  private List<Integer> statuses(Supplier<BodyPublisher> body) {
    try (var clients = Executors.newFixedThreadPool(AT_ONCE)) {
      var answers =
          IntStream.range(0, BOMBS)
              .mapToObj(_ -> supplyAsync(() -> post(body.get()), clients))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    }
  }

  private int post(BodyPublisher body) {
    return client
        .send("POST", "/api/predict", body, "Content-Type", "application/json")
        .statusCode();
  }

  private void assertServes() {
    client.awaitDone(client.submit("and I?"), BOUND);
    assertThat(recado.log()).doesNotContain("java.lang.OutOfMemoryError");
  }
}
