package dev.recado.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogEventTest {
  private static final Set<String> TAKEN =
      Set.of("time", "level", "message", "event", "trace_id", "logger", "thread", "error", "trace");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\S+)` \\| (\\w+) \\| ([^|]*?) *\\|", Pattern.MULTILINE);

  @ParameterizedTest
  @EnumSource
  void an_event_has_a_name_and_fields_that_machines_can_search_for(LogEvent event) {
    assertThat(event.wireName()).matches("[a-z]+\\.[a-z_]+|[a-z]+");
    assertThat(event.fields())
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(TAKEN)
        .allMatch(field -> field.matches("[a-z_]+"));
  }

  @Test
  void a_sentence_names_its_fields_and_leaves_the_rest_to_machines() {
    var values = new Object[] {"a1", "then", "provider_timeout", 2, 503};

    assertThat(LogEvent.JOB_RETRIED.sentence(values))
        .isEqualTo("a1 again at then: provider_timeout");
    assertThat(LogEvent.JOB_RETRIED.wireName()).isEqualTo("job.retried");
    assertThat(LogEvent.JOB_RETRIED.fields())
        .isEqualTo(List.of("job_id", "until", "code", "attempt", "provider_status"));
  }

  @Test
  void the_document_lists_exactly_the_events_of_the_code() throws IOException {
    var document = Files.readString(Path.of("../docs/observability.md"));
    var listed = new TreeSet<String>();
    ROW.matcher(document)
        .results()
        .forEach(row -> listed.add(row.group(1) + " " + row.group(2) + " " + row.group(3)));

    var written = new TreeSet<String>();
    Arrays.stream(LogEvent.values()).forEach(event -> written.add(row(event)));

    assertThat(listed).isEqualTo(written);
  }

  private static String row(LogEvent event) {
    return event.wireName() + " " + event.level() + " " + String.join(", ", event.fields());
  }
}
