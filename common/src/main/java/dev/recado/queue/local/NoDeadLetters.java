package dev.recado.queue.local;

import dev.recado.queue.DeadLetter;
import dev.recado.queue.DeadLetters;
import java.util.List;
import java.util.function.Predicate;

/** Within one process nobody writes a message that could turn out unreadable. */
final class NoDeadLetters implements DeadLetters {
  private static final Cleared NOTHING = new Cleared(0, 0);

  @Override
  public List<DeadLetter> first(int atMost) {
    return List.of();
  }

  @Override
  public Cleared replay(Predicate<DeadLetter> which) {
    return NOTHING;
  }

  @Override
  public Cleared discard(Predicate<DeadLetter> which) {
    return NOTHING;
  }
}
