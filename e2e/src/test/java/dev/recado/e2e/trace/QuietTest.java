package dev.recado.e2e.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Traces that nobody asked for. */
@Tag("process")
class QuietTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void cost_nothing_not_one_class_of_open_telemetry_is_loaded() throws IOException {
    var classes = harness.folder().resolve("classes.log");
    var options = "-Xlog:class+load:file=" + classes;
    var client = harness.up(Map.of("JAVA_TOOL_OPTIONS", options, "MODEL_URL", "echo")).client();

    var job = client.awaitDone(client.submit("olá"), Duration.ofSeconds(30));

    assertThat(job.has("trace_id")).isFalse();
    assertThat(Files.readAllLines(classes))
        .anyMatch(line -> line.contains("dev.recado.trace.NoTraces"))
        .noneMatch(line -> line.contains("io.opentelemetry"));
  }
}
