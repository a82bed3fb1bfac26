package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./recado}, copied beside a jar that no Java will read. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
  @TempDir private Path folder = Path.of("");
  private CopiedProject project = new CopiedProject(folder);

  @BeforeEach
  void copy_the_script_and_a_built_jar() throws IOException {
    project = CopiedProject.into(folder);
  }

  @Test
  void without_a_jdk_there_is_one_clear_sentence_and_exit_code_1() throws Exception {
    var run =
        project.recado(Map.of("RECADO_JAVA_HOME", folder.resolve("nothing").toString()), "up");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("JDK 25", "RECADO_JAVA_HOME", "install");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void an_old_java_is_not_taken() throws Exception {
    var old = project.fakeJava("old", "17.0.9");

    assertThat(project.recado(Map.of("RECADO_JAVA_HOME", old.toString())).exitCode()).isEqualTo(1);
  }

  @Test
  void what_a_folder_is_called_proves_nothing() throws Exception {
    var lying = project.fakeJava("jdk-25", "11.0.2");

    assertThat(project.recado(Map.of("RECADO_JAVA_HOME", lying.toString())).exitCode())
        .isEqualTo(1);
  }

  @Test
  void a_newer_java_runs_the_jar_with_the_arguments_as_they_are() throws Exception {
    var java = project.fakeJava("new", "26");

    var run =
        project.recado(Map.of("RECADO_JAVA_HOME", java.toString()), "submit", "two words", "*");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().toList())
        .endsWith("-jar", project.jar().toString(), "submit", "two words", "*");
  }

  @Test
  void further_options_are_words_for_java_and_nothing_of_ours_contradicts_them() throws Exception {
    var java = project.fakeJava("new", "25").toString();
    var options = "-Xmx512m -XX:+UseZGC";

    var usual = project.recado(Map.of("RECADO_JAVA_HOME", java), "up").out();
    var run =
        project.recado(Map.of("RECADO_JAVA_HOME", java, "RECADO_JAVA_OPTS", options), "up").out();

    assertThat(usual.lines()).containsSubsequence("-XX:+UseSerialGC", "-Xms128m", "-jar");
    assertThat(run.lines())
        .containsSubsequence("-Xmx512m", "-XX:+UseZGC", "-jar")
        .doesNotContain("-XX:+UseSerialGC", "-Xms128m");
  }

  @Test
  void java_is_found_through_a_link_on_the_path() throws Exception {
    var java = project.fakeJava("new", "25.0.3");
    var bin = Files.createDirectories(folder.resolve("path"));
    Files.createSymbolicLink(bin.resolve("java"), java.resolve("bin/java"));

    var run = project.recado(Map.of("PATH", bin + ":/usr/bin:/bin"), "--version");

    assertThat(run.out()).contains(project.jar().toString());
  }

  @Test
  void a_java_that_says_its_release_in_a_file_is_not_started_to_ask_for_it() throws Exception {
    var java = project.fakeJava("new", "nobody asks");
    Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");

    var run = project.recado(Map.of("RECADO_JAVA_HOME", java.toString()), "--version");

    assertThat(run.out()).contains(project.jar().toString());
  }

  @Test
  void a_java_whose_file_says_that_it_is_too_old_is_refused() throws Exception {
    var java = project.fakeJava("old", "25");
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

    var run = project.recado(Map.of("RECADO_JAVA_HOME", java.toString()), "--version");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("needs a JDK 25 or later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LANG", "LC_CTYPE", "LC_ALL"})
  @EnabledOnOs(OS.LINUX)
  void a_locale_that_is_named_but_not_installed_takes_no_letters_from_java(String variable)
      throws Exception {
    var java = project.fakeJava("new", "25").toString();

    var run = project.recado(Map.of("RECADO_JAVA_HOME", java, variable, "xx_XX.UTF-8"));

    assertThat(run.out().lines()).contains("LC_ALL=C.UTF-8");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_locale_with_all_letters_is_left_as_it_is() throws Exception {
    var java = project.fakeJava("new", "25").toString();

    var run = project.recado(Map.of("RECADO_JAVA_HOME", java, "LANG", "C.UTF-8"));

    assertThat(run.out().lines()).contains("LC_ALL=");
  }

  @Test
  void where_nobody_knows_the_installed_locales_a_named_one_is_believed() throws Exception {
    var java = project.fakeJava("new", "25").toString();
    var tools = Files.createDirectories(folder.resolve("tools"));
    for (var tool : "dirname find sed head".split(" ", -1)) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    var bare = Map.of("RECADO_JAVA_HOME", java, "PATH", tools.toString());

    assertThat(project.recado(bare).out().lines()).contains("LC_ALL=C.UTF-8");
    assertThat(
            project
                .recado(
                    Map.of("RECADO_JAVA_HOME", java, "PATH", tools.toString(), "LANG", "pt.UTF-8"))
                .out()
                .lines())
        .contains("LC_ALL=");
  }

  @Test
  void the_script_may_be_called_through_a_link_from_anywhere() throws Exception {
    var java = project.fakeJava("new", "25");
    var link = Files.createSymbolicLink(folder.resolve("elsewhere"), Path.of("recado"));

    var run = ScriptRun.of(link, Map.of("RECADO_JAVA_HOME", java.toString()));

    assertThat(run.out()).contains(project.jar().toString());
  }

  @Test
  void a_library_that_was_taken_out_of_this_jar_is_used_and_that_of_an_older_one_is_not()
      throws Exception {
    var java = Map.of("RECADO_JAVA_HOME", project.fakeJava("new", "25").toString());
    var libraries = Files.createDirectories(folder.resolve("app/target/libraries"));
    var option = "-Dorg.sqlite.lib.path=" + libraries.toRealPath();

    Files.setLastModifiedTime(libraries, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(project.recado(java).out().lines()).contains(option);

    Files.setLastModifiedTime(libraries, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(project.recado(java).out().lines()).doesNotContain(option);
  }

  @Test
  void a_process_that_runs_keeps_the_jar_it_was_started_with() throws Exception {
    var java = project.fakeJdk();
    project.program("mvnw", "echo another > app/target/recado.jar");
    var asTheProcessHasIt = Files.createLink(folder.resolve("open.jar"), project.jar());
    var source = Files.createFile(folder.resolve("pom.xml"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    var run = project.recado(Map.of("RECADO_JAVA_HOME", java.toString()), "--version");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(project.jar()).content().isEqualTo("another\n");
    assertThat(asTheProcessHasIt).isEmptyFile();
  }

  @Test
  @Timeout(60)
  void a_build_that_is_told_to_stop_stops_and_leaves_no_half_a_program() throws Exception {
    var java = project.fakeJdk();
    project.program("mvnw", "echo half > app/target/recado.jar", "echo > begun", "exec sleep 600");
    Files.delete(project.jar());
    var begun = folder.resolve("begun");
    assertThat(new ProcessBuilder("mkfifo", begun.toString()).start().waitFor()).isZero();
    var builder = new ProcessBuilder("/bin/sh", folder.resolve("recado").toString(), "up");
    builder.environment().put("RECADO_JAVA_HOME", java.toString());
    var script = builder.start();
    assertThat(Files.readString(begun)).isEqualTo("\n");

    script.destroy();

    assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(143);
    assertThat(folder.resolve("app/target/recado.jar")).doesNotExist();
    assertThat(folder.resolve("app/target/build.lock")).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void where_nothing_can_be_written_there_is_one_clear_sentence_and_exit_code_1() throws Exception {
    Files.delete(project.jar());
    Files.delete(folder.resolve("app/target"));
    Files.createSymbolicLink(folder.resolve("app/target"), Path.of("/proc"));

    var run = project.recado(Map.of(), "up");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("recado: can not build the program here: ");
  }
}
