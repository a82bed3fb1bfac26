package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.app.shell.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** submit --batch against a running server. */
class BatchCommandTest extends BatchRuns {
  @BeforeEach
  void a_file_of_requests() throws IOException {
    Files.writeString(
        requests,
        IntStream.range(0, 40)
            .mapToObj("{\"custom_id\":\"r%1$d\",\"text\":\"text %1$d\"}"::formatted)
            .collect(Collectors.joining("\n")));
  }

  @Test
  void the_results_are_there_in_order_when_all_have_ended() throws IOException {
    var run = submit();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("40 of 40 succeeded");
    var lines = Files.readAllLines(results);
    assertThat(lines).hasSize(40);
    assertThat(lines.get(7)).startsWith("{\"custom_id\":\"r7\",\"index\":7,").contains("text 7");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void a_run_that_was_killed_is_gone_on_with_where_it_was() throws IOException {
    var id = submit("--no-wait").out().strip();
    assertThat(submit().exitCode()).isZero();
    var whole = Files.readAllBytes(results);
    Files.delete(results);
    var part = folder.resolve("results.jsonl." + id + ".part");
    // Until the middle of a line; a mark shows that what is whole is not fetched again.
    var kept = new String(whole, 0, 2_000, UTF_8);
    Files.writeString(part, kept.replaceFirst("text 0", "kept 0"));

    var run = submit();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("batch " + id);
    assertThat(Files.readString(results))
        .isEqualTo(new String(whole, UTF_8).replaceFirst("text 0", "kept 0"));
  }

  @Test
  void while_another_run_collects_the_same_batch_nothing_is_written() throws Exception {
    var id = submit("--no-wait").out().strip();
    var part = folder.resolve("results.jsonl." + id + ".part");
    var another = holderOf(part);
    try {
      assertThat(another.inputReader().readLine()).isEqualTo("held");

      var run = submit();

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("another run is collecting this batch");
      assertThat(part).isEmptyFile();
      assertThat(results).doesNotExist();
    } finally {
      another.destroyForcibly().waitFor();
    }
    assertThat(submit().exitCode()).isZero();
  }

  /** Another process that holds the lock of this file. */
  private static Process holderOf(Path part) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", classPath, Holder.class.getName(), part.toString())
        .start();
  }

  /** Locks a file until its process ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (var file =
          FileChannel.open(
              Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        file.lock();
        System.out.println("held");
        new CountDownLatch(1).await();
      }
    }
  }

  @Test
  void a_bad_line_is_told_by_its_number() throws IOException {
    Files.writeString(requests, "\n{\"custom_id\":\"x\"}", StandardOpenOption.APPEND);

    var run = submit();

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("line 41: text must be there");
    assertThat(results).doesNotExist();
  }

  @Test
  void results_that_are_there_are_not_overwritten() throws IOException {
    Files.writeString(results, "precious");

    assertThat(submit().exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(results).hasContent("precious");
  }

  @Test
  void a_place_where_nothing_can_be_written_is_told_before_anything_is_left() {
    results = folder.resolve("nowhere").resolve("results.jsonl");

    var run = submit();

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(results.toString());
  }

  @ParameterizedTest
  @CsvSource({"--priority, high", "--run-at, 2026-11-21T18:00:00Z", "--model, echo"})
  void what_stands_in_its_lines_is_not_said_beside_it(String option, String value) {
    var run = submit(option, value);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("in its lines");
  }

  @Test
  void a_batch_without_a_place_for_its_results_is_refused() {
    var run = CommandRun.of(environment, "", "submit", "--batch", requests.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--output");
  }
}
