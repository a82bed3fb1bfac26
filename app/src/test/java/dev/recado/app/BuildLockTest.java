package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Of those that start {@code ./recado} at the same time one builds, and the others wait for it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(90)
class BuildLockTest {
  @TempDir private Path folder = Path.of("");
  private CopiedProject project = new CopiedProject(folder);
  private Path lock = Path.of("");

  @BeforeEach
  void a_project_that_is_not_built() throws IOException {
    project = CopiedProject.into(folder);
    Files.delete(project.jar());
    lock = folder.toRealPath().resolve("app/target/build.lock");
    project.program("mvnw", "echo whole > app/target/recado.jar");
  }

  @Test
  void what_a_killed_builder_has_left_is_not_taken_for_the_program() throws Exception {
    Files.writeString(project.jar(), "half");
    var killed = sleep();
    killed.destroyForcibly().waitFor();
    lockOf(killed.pid());

    assertThatItBuilds(recado());
  }

  @Test
  void another_process_that_has_got_a_dead_builders_number_is_no_builder() throws Exception {
    var another = sleep();
    lockOf(another.pid());

    try {
      assertThatItBuilds(recado());
    } finally {
      another.destroyForcibly();
    }
  }

  @Test
  void a_dead_builders_number_may_be_that_of_this_very_process() throws Exception {
    Files.createDirectory(lock);
    project.program("again", "echo $$ >" + lock + "/pid", "exec /bin/sh '" + folder + "/recado'");

    assertThatItBuilds(
        ScriptRun.of(folder.resolve("again"), Map.of("RECADO_JAVA_HOME", project.fakeJdk())));
  }

  @Test
  void a_lock_that_never_says_whose_it_is_is_nobodys() throws Exception {
    Files.createDirectory(lock);

    assertThatItBuilds(recado());
  }

  @Test
  void a_builder_at_work_is_waited_for_and_its_lock_is_named() throws Exception {
    mavenThatWaits();
    var builder = begunBuild();

    var second = start();

    assertThat(second.errorReader().readLine()).contains("waiting for a build", lock.toString());
    letMavenEnd();
    assertThatItEndsWell(builder);
    assertThatItEndsWell(second);
    assertThat(folder.resolve("journal")).hasContent("begin\nend");
  }

  @Test
  void maven_that_goes_on_without_the_shell_that_started_it_is_waited_for() throws Exception {
    mavenThatWaits();
    var builder = begunBuild();
    var maven = builder.children().findFirst().orElseThrow();
    builder.destroyForcibly().waitFor();

    try {
      var second = start();
      assertThat(second.errorReader().readLine()).contains("waiting for a build");
      letMavenEnd();
      assertThatItEndsWell(second);
      assertThat(folder.resolve("journal")).hasContent("begin\nend\nbegin\nend");
    } finally {
      maven.destroyForcibly();
    }
  }

  private void assertThatItBuilds(ScriptRun run) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(project.jar()).content().isEqualTo("whole\n");
    assertThat(lock).doesNotExist();
  }

  private static void assertThatItEndsWell(Process script) throws Exception {
    assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isZero();
  }

  /** A Maven that, the first time, says on one pipe that it has begun and waits at another. */
  private void mavenThatWaits() throws Exception {
    for (var pipe : new String[] {"begun", "go"}) {
      var made = new ProcessBuilder("mkfifo", folder.resolve(pipe).toString()).start();
      assertThat(made.waitFor()).isZero();
    }
    project.program(
        "mvnw",
        "echo begin >>journal",
        "[ -e first ] || { : >first; echo >begun; read -r line <go; }",
        "echo whole >app/target/recado.jar",
        "echo end >>journal");
  }

  private Process begunBuild() throws IOException {
    var builder = start();
    assertThat(Files.readString(folder.resolve("begun"))).isEqualTo("\n");
    return builder;
  }

  private void letMavenEnd() throws IOException {
    Files.writeString(folder.resolve("go"), "\n");
  }

  private Process start() throws IOException {
    var script = new ProcessBuilder("/bin/sh", folder.resolve("recado").toString());
    script.environment().put("RECADO_JAVA_HOME", project.fakeJdk());
    return script.start();
  }

  private ScriptRun recado() throws Exception {
    return project.recado(Map.of("RECADO_JAVA_HOME", project.fakeJdk()), "--version");
  }

  private void lockOf(long builder) throws IOException {
    Files.createDirectory(lock);
    Files.writeString(lock.resolve("pid"), builder + "\n");
  }

  private static Process sleep() throws IOException {
    return new ProcessBuilder("sleep", "600").start();
  }
}
