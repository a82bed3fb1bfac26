package dev.recado.job;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The closed set of states of a job, with every legal transition. The diagram is in
 * docs/state-machine.md; a test holds the two together.
 */
public enum JobState {
  /** Accepted and durable; waits for a worker, or for its retry to come due. */
  QUEUED,
  /** Claimed: one worker holds it under a numbered attempt. */
  PROCESSING,
  /** Ended with a result. */
  SUCCEEDED,
  /** Ended with a classified error. */
  FAILED,
  /** Ended by its owner's wish. */
  CANCELED,
  /** Ended because its deadline passed first. */
  EXPIRED;

  private static final Map<JobState, Set<JobState>> SUCCESSORS =
      Map.of(
          QUEUED, Set.of(PROCESSING, CANCELED, EXPIRED),
          PROCESSING, Set.of(QUEUED, SUCCEEDED, FAILED, CANCELED, EXPIRED));

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Whether a job in this state may next be in the given one. */
  public boolean canBecome(JobState next) {
    return successors().contains(next);
  }

  /** The states that may follow this one; empty for a terminal state. */
  public Set<JobState> successors() {
    return SUCCESSORS.getOrDefault(this, Set.of());
  }

  /** Whether this state never changes again. */
  public boolean isTerminal() {
    return successors().isEmpty();
  }

  /** The spelling in the HTTP contract and in the store: lower case. */
  public String wireName() {
    return wireName;
  }

  /** The state with this spelling, if there is one. */
  public static Optional<JobState> fromWireName(String wireName) {
    for (var state : values()) {
      if (state.wireName().equals(wireName)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
