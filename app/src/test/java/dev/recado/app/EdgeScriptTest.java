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
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker/edge}, with an nginx that only says that it was started. */
@DisabledOnOs(OS.WINDOWS)
class EdgeScriptTest {
  private static final Path ORIGINAL = Path.of("../docker/edge").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void an_nginx_that_does_nothing() throws IOException {
    var nginx = Files.writeString(folder.resolve("nginx"), "#!/bin/sh\necho started\n");
    Files.setPosixFilePermissions(nginx, PosixFilePermissions.fromString("rwxr-xr-x"));
    // The container's /tmp is its own; this machine's is not.
    var script = Files.readString(ORIGINAL).replace("/tmp/", folder + "/");
    Files.writeString(folder.resolve("edge"), script);
  }

  private ScriptRun edge(Map<String, String> environment) throws Exception {
    var all = new HashMap<>(environment);
    all.put("PATH", folder + ":/usr/bin:/bin");
    return ScriptRun.of(folder.resolve("edge"), all);
  }

  @Test
  void on_loopback_it_answers_to_the_names_it_is_given_beside_loopbacks() throws Exception {
    var run =
        edge(
            Map.of(
                "RECADO_HOST_NAMES",
                "Recado.example.org, my_host  recado.example.org\tother-1.example,localhost"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("hosts.conf")).hasContent("include hosts/loopback.conf;");
    assertThat(folder.resolve("names.conf"))
        .hasContent(
            """
            \\\\my_host "";
            \\\\other-1.example "";
            \\\\recado.example.org "";
            """);
  }

  @Test
  void without_names_it_answers_to_loopbacks_alone() throws Exception {
    var run = edge(Map.of("RECADO_HTTP_ADDRESS", "127.0.0.1", "RECADO_HOST_NAMES", ""));

    assertThat(run.out()).isEqualTo("started\n");
    assertThat(folder.resolve("names.conf")).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://recado.example.org", "a;b", "*.example.org", "a\"b", "ação.br"})
  void what_is_no_name_keeps_it_from_starting(String name) throws Exception {
    var run = edge(Map.of("RECADO_HOST_NAMES", "recado.example.org " + name));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("RECADO_HOST_NAMES", name).hasLineCount(1);
  }

  @Test
  void opened_to_the_network_it_answers_to_any_name() throws Exception {
    edge(Map.of("RECADO_HTTP_ADDRESS", "0.0.0.0"));

    assertThat(folder.resolve("hosts.conf")).hasContent("include hosts/any.conf;");
  }
}
