package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.app.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./verify}, copied beside a Maven that only says what it was told. */
@DisabledOnOs(OS.WINDOWS)
class VerifyScriptTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void copy_the_script() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    // Where the machine keeps its broker and nginx is no place for this test to look.
    var script = Files.readString(PROJECT.resolve("verify")).replaceAll("(?m)^PATH=.*$", "");
    Files.writeString(folder.resolve("verify"), script);
    Files.copy(PROJECT.resolve("bin/java.sh"), folder.resolve("bin/java.sh"));
    for (var tool : "dirname sed tee grep paste cat awk head tail mkdir id".split(" ", -1)) {
      link(tool);
    }
  }

  @Test
  void it_ends_with_what_it_could_not_run_and_why() throws Exception {
    maven(0);

    var run = verify();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Tests run: 3")
        .contains("nginx tests: no nginx")
        .contains("browser tests: no chromium, no chromedriver")
        .endsWith("./verify --all installs what can be installed.\n");
    assertThat(log()).contains("-DexcludedGroups=broker,nginx,browser,docker");
  }

  @Test
  void what_is_there_is_not_left_out() throws Exception {
    maven(0);
    program("tools/nginx", "exit 0");

    assertThat(verify().out()).doesNotContain("nginx");
    assertThat(log()).contains("-DexcludedGroups=broker,browser,docker");
  }

  @Test
  void a_failing_build_fails() throws Exception {
    maven(1);

    assertThat(verify().exitCode()).isEqualTo(1);
  }

  @Test
  void all_leaves_nothing_out_and_fails_rather() throws Exception {
    maven(0);

    var run = verify("--all");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("--all leaves nothing out");
  }

  @Test
  void an_unknown_option_shows_the_known_ones() throws Exception {
    var run = verify("--everything");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("./verify --all");
  }

  private ScriptRun verify(String... arguments) throws Exception {
    var environment =
        Map.of(
            "PATH", folder.resolve("tools").toString(),
            "RECADO_JAVA_HOME", System.getProperty("java.home"));
    return ScriptRun.of(folder.resolve("verify"), environment, arguments);
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("target/verify.log"));
  }

  private void maven(int exitCode) throws IOException {
    program("mvnw", "echo told \"$@\"; echo '[INFO] Tests run: 3'; exit " + exitCode);
  }

  private void program(String name, String body) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void link(String tool) throws IOException {
    var tools = Files.createDirectories(folder.resolve("tools"));
    var binary = Path.of("/usr/bin", tool);
    Files.createSymbolicLink(
        tools.resolve(tool), Files.exists(binary) ? binary : Path.of("/bin", tool));
  }
}
