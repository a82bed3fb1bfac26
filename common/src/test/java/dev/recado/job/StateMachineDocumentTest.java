package dev.recado.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StateMachineDocumentTest {
  private static final Pattern MOVE = Pattern.compile("^ +(\\w+) --> (\\w+)", Pattern.MULTILINE);

  @Test
  void the_diagram_shows_exactly_the_moves_of_the_code() throws IOException {
    var document = Files.readString(Path.of("../docs/state-machine.md"));

    var drawn = new TreeSet<String>();
    MOVE.matcher(document).results().forEach(m -> drawn.add(m.group(1) + " " + m.group(2)));

    assertThat(drawn).isEqualTo(movesOfTheCode());
  }

  private static Set<String> movesOfTheCode() {
    var moves = new TreeSet<String>();
    Arrays.stream(JobState.values())
        .forEach(from ->
            from.successors().forEach(to -> moves.add(from.wireName() + " " + to.wireName())));
    return moves;
  }
}
