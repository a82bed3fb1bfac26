package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker/entrypoint}, with a Java that shows what it is given. */
@DisabledOnOs(OS.WINDOWS)
class EntrypointTest {
  private static final Path SCRIPT = Path.of("../docker/entrypoint").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void a_java_that_prints_its_environment() throws IOException {
    var java = Files.writeString(folder.resolve("java"), "#!/bin/sh\nexec env\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ScriptRun run(Map<String, String> environment) throws Exception {
    var all = new HashMap<>(environment);
    all.put("PATH", folder + ":/usr/bin:/bin");
    return ScriptRun.of(SCRIPT, all, "web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "[::1]", "localhost"})
  void published_on_this_machine_alone_web_is_open_to_who_is_on_it(String address)
      throws Exception {
    var run = run(Map.of("RECADO_HTTP_ADDRESS", address, "RECADO_ACCESS", ""));

    assertThat(run.out().lines())
        .contains("RECADO_ACCESS=open")
        .noneMatch(line -> line.contains("HTTP_ADDRESS"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.0.7", "127.0.0.1.evil.example", ""})
  void published_elsewhere_it_is_for_the_operator_to_decide(String address) throws Exception {
    var undecided = run(Map.of("RECADO_HTTP_ADDRESS", address, "RECADO_ACCESS", ""));
    assertThat(undecided.out().lines()).contains("RECADO_ACCESS=");

    var decided = run(Map.of("RECADO_HTTP_ADDRESS", address, "RECADO_ACCESS", "open"));
    assertThat(decided.out().lines()).contains("RECADO_ACCESS=open");
  }

  @ParameterizedTest
  @CsvSource({
    "given, '', meta-llama/Llama-3.1-8B-Instruct",
    "givengiven, '', meta-llama/Llama-3.1-8B-Instruct",
    "given, my-model, my-model",
    "'', '', ''"
  })
  void of_a_model_key_web_knows_that_there_is_one_and_so_the_models_name(
      String key, String name, String shown) throws Exception {
    var run = run(Map.of("MODEL_KEY", key, "MODEL_NAME", name));

    assertThat(run.out().lines())
        .contains("MODEL_NAME=" + shown)
        .noneMatch(line -> line.startsWith("MODEL_KEY"));
  }

  @Test
  void a_secret_may_come_as_a_file() throws Exception {
    var file = Files.writeString(folder.resolve("token"), "from-a-file\n");

    var run = run(Map.of("RECADO_ADMIN_TOKEN_FILE", file.toString()));

    assertThat(run.out().lines())
        .contains("RECADO_ADMIN_TOKEN=from-a-file")
        .noneMatch(line -> line.contains("_FILE"));
  }

  @Test
  void a_file_that_is_not_there_is_one_sentence() throws Exception {
    var run = run(Map.of("RECADO_ADMIN_TOKEN_FILE", folder + "/nothing"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("RECADO_ADMIN_TOKEN_FILE").hasLineCount(1);
  }
}
