package dev.recado.web.operator;

import dev.recado.queue.DeadLetter;
import dev.recado.queue.DeadLetters;
import dev.recado.queue.TaskPublisher;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.OperatorBody;
import io.javalin.http.Context;
import java.util.function.Predicate;

/**
 * {@code POST /api/console/dead/replay} and {@code …/discard}: rings again for the jobs that dead
 * letters name, or throws the letters away.
 */
final class ClearDeadLetters {
  private final TaskPublisher publisher;
  private final OperatorBody bodies;

  ClearDeadLetters(TaskPublisher publisher, OperatorBody bodies) {
    this.publisher = publisher;
    this.bodies = bodies;
  }

  void replay(Context context) {
    var cleared = publisher.deadLetterBox().replay(chosen(context));
    answer(context, cleared.count(), 0, cleared);
  }

  void discard(Context context) {
    var cleared = publisher.deadLetterBox().discard(chosen(context));
    answer(context, 0, cleared.count(), cleared);
  }

  private Predicate<DeadLetter> chosen(Context context) {
    var keys = bodies.letters(context.req());
    return letter -> keys.test(letter.key());
  }

  private static void answer(
      Context context, int replayed, int discarded, DeadLetters.Cleared cleared) {
    Answers.json(
        context,
        200,
        Json.object(json -> {
          json.writeNumberProperty("replayed", replayed);
          json.writeNumberProperty("discarded", discarded);
          json.writeNumberProperty("left", cleared.left());
        }));
  }
}
