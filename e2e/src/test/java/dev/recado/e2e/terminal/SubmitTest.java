package dev.recado.e2e.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.model.FakeModel;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code recado submit} in front of somebody who watches and may lose patience. */
@Tag("process")
class SubmitTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ERASED = "\r\u001b[K";
  private static final Pattern RUNNING = Pattern.compile("\r\u001b\\[Kprocessing, \\d+\\.\\d s");

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void one_line_tells_how_far_the_job_is_and_makes_room_for_the_answer() throws Exception {
    var model = harness.model();
    var recado = up(model, "fake?latency=3000&repeat=1");

    var terminal = submit(recado, "Olá, terminal");

    assertThat(terminal.awaitExit(PATIENCE)).as(terminal.screen()).isZero();
    assertThat(terminal.screen()).containsPattern(RUNNING).contains(ERASED + "Olá, terminal\r\n");
    var shown = terminal.screen().replaceAll("[^\n]*\u001b\\[K", "");
    assertThat(shown).as("what is left to see").isEqualTo("Olá, terminal\r\n");
  }

  @Test
  void ctrl_c_cancels_the_job_says_so_and_exits_as_interrupted() throws Exception {
    var model = harness.model();
    var recado = up(model, "fake?stall=1");
    var terminal = submit(recado, "never mind");
    await().atMost(PATIENCE).until(() -> RUNNING.matcher(terminal.screen()).find());

    terminal.pressCtrlC();

    assertThat(terminal.awaitExit(PATIENCE)).as(terminal.screen()).isEqualTo(130);
    var id =
        recado.client().get("/api/jobs").body().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    assertThat(recado.client().status(id)).isEqualTo("canceled");
    assertThat(terminal.screen()).contains(ERASED + "recado: canceled job " + id + "\r\n");
    assertThat(terminal.screen()).doesNotContain("job_canceled", "Exception");
    await().atMost(PATIENCE).until(() -> model.open() == 0);
  }

  private RecadoProcess up(FakeModel model, String name) {
    return harness.up(Map.of("MODEL_URL", model.url(), "MODEL_NAME", name));
  }

  private Terminal submit(RecadoProcess recado, String text) {
    return harness.own(Terminal.running(harness.folder(), recado.uri(), "submit", text));
  }
}
