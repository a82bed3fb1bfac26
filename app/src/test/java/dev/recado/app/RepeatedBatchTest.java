package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.app.shell.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** submit --batch with requests that have been left before. */
class RepeatedBatchTest extends BatchRuns {
  @BeforeEach
  void a_file_of_requests() throws IOException {
    Files.writeString(
        requests,
        """
        {"custom_id":"a","text":"one"}
        {"custom_id":"b","text":"two"}
        """);
  }

  @Test
  void requests_that_were_answered_before_are_said_to_be_old() throws IOException {
    assertThat(submit().err()).doesNotContain("--again");
    Files.delete(results);

    var run = submit();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("were left before", "nothing is asked anew", "--again");
    assertThat(results).exists();
  }

  @Test
  void an_old_batch_is_told_of_also_to_who_does_not_wait() throws IOException {
    assertThat(submit().exitCode()).isZero();
    Files.delete(results);

    var run = submit("--no-wait");

    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err()).contains("were left before");
  }

  @Test
  void a_run_that_goes_on_is_not_said_to_be_old() throws IOException {
    var id = submit("--no-wait").out().strip();
    assertThat(submit().exitCode()).isZero();
    Files.delete(results);
    Files.createFile(folder.resolve("results.jsonl." + id + ".part"));

    assertThat(submit().err()).doesNotContain("--again");
  }

  @Test
  void again_leaves_the_same_requests_as_a_new_batch() throws IOException {
    var old = submit("--no-wait").out().strip();

    var run = submit("--again");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("is new").doesNotContain(old);
    assertThat(Files.readAllLines(results)).hasSize(2);
  }

  @Test
  void again_is_for_batches() {
    var run = CommandRun.of(environment, "", "submit", "--again", "hello");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--batch");
  }

  @Test
  void texts_that_were_erased_are_a_failure() throws Exception {
    assertThat(submit().exitCode()).isZero();
    var first = JsonMapper.shared().readTree(Files.readAllLines(results).getFirst());
    Files.delete(results);
    erase(first.path("job_id").asString());

    var run = submit();

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("1 of the results");
    assertThat(Files.readAllLines(results)).hasSize(2);
  }

  private static void erase(String job) throws Exception {
    var uri = URI.create(environment.get("RECADO_URL") + "/api/jobs/" + job);
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(uri).DELETE().build(), HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(204);
    }
  }
}
