package dev.recado.web.input;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks for with {@code POST /api/batches}, validated, but for the requests.
 *
 * @param requests how many there are
 * @param timeToLive how soon the answers must be there that name no deadline themselves
 * @param metadata the client's own labels
 */
public record BatchSubmission(int requests, Duration timeToLive, @Nullable ObjectNode metadata) {
  /** So much time as a batch has that names none. */
  static final Duration USUAL_TIME = Duration.ofDays(1);

  /**
   * One of its requests.
   *
   * @param index its place, from 0
   * @param customId what the client calls it
   * @param submission what it asks
   */
  public record Request(int index, String customId, Submission submission) {}
}
