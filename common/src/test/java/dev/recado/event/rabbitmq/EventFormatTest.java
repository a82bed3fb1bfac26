package dev.recado.event.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvent.OutputGrew;
import dev.recado.event.JobEvent.StateChanged;
import dev.recado.event.JobEvent.TakenAway;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFormatTest {
  private static final JobId JOB = new JobId("019a0000-0000-7000-8000-000000000000");

  private final EventFormat format = new EventFormat();

  @Test
  void every_event_can_be_read_as_it_was_written() {
    var events =
        Stream.concat(
                Stream.of(JobState.values()).map(state -> new StateChanged(JOB, state)),
                Stream.<JobEvent>of(new OutputGrew(JOB, 7), new TakenAway(JOB)))
            .toList();

    assertThat(format.read(format.write(events))).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "7",
        "{}",
        "{\"events\":7}",
        "{\"events\":[7,null,[],{}]}",
        "{\"events\":[{\"type\":\"of_tomorrow\"}]}",
        "{\"events\":[{\"type\":\"taken_away\",\"job_id\":\"no-uuid\"}]}"
      })
  void what_is_not_understood_is_left_out(String body) {
    assertThat(format.read(body.getBytes(UTF_8))).isEqualTo(List.of());
  }
}
