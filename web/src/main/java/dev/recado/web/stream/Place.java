package dev.recado.web.stream;

import dev.recado.job.Job;
import dev.recado.job.JobState;
import dev.recado.store.Progress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a job's life with what a client has of its text there, and the id of the event that
 * brought it there: {@code <attempts>.<stage>}, and {@code .<attempt>.<length>} if it has some. It
 * is read off the job alone, so any web process gives the same id at any time.
 *
 * <p>Places are compared for being the same, never for being later: a try that a busy provider
 * turned away is taken off {@link Job#attempts} again, so a job may come to 0.2 after 1.1.
 *
 * @param attempts how often the job was tried
 * @param stage 0 queued, 1 processing, 2 queued again, 3 ended
 * @param text how much of which attempt's text the client has
 */
record Place(int attempts, int stage, Text text) {
  private static final int RUNNING = 1;
  private static final int ENDED = 3;
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final Pattern FORM =
      Pattern.compile(NUMBER + "\\.([0-3])(?:\\." + NUMBER + "\\." + NUMBER + ")?");

  /** A client that has no text. */
  Place(int attempts, int stage) {
    this(attempts, stage, Text.NONE);
  }

  /**
   * The beginning of what an attempt has said.
   *
   * @param attempt the number of the claim
   * @param length in UTF-16 units
   */
  record Text(int attempt, int length) {
    static final Text NONE = new Text(0, 0);

    boolean isEmpty() {
      return length == 0;
    }
  }

  static Place of(Job job) {
    return new Place(job.attempts(), stage(job.state(), job.startedAt() != null));
  }

  static Place of(Progress progress, Text text) {
    return new Place(progress.attempts(), stage(progress.state(), progress.wasStarted()), text);
  }

  /**
   * Where an attempt has begun and has said nothing yet, also if it has ended since: who has heard
   * of that alone is still to be told its text, and its end.
   */
  static Place begun(Progress progress) {
    return new Place(progress.attempts(), RUNNING);
  }

  private static int stage(JobState state, boolean wasStarted) {
    return switch (state) {
      case QUEUED -> wasStarted ? 2 : 0;
      case PROCESSING -> RUNNING;
      case SUCCEEDED, FAILED, CANCELED, EXPIRED -> ENDED;
    };
  }

  /** Whether it is the same place in the job's life, whatever the text. */
  boolean isAt(Place other) {
    return attempts == other.attempts && stage == other.stage;
  }

  Place with(Text text) {
    return new Place(attempts, stage, text);
  }

  /** Empty unless the text is written as {@link #toString} writes it. */
  static Optional<Place> parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var place = new Place(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    return Optional.of(
        parts.group(3) == null
            ? place
            : place.with(
                new Text(Integer.parseInt(parts.group(3)), Integer.parseInt(parts.group(4)))));
  }

  @Override
  public String toString() {
    var place = attempts + "." + stage;
    return text.isEmpty() ? place : place + "." + text.attempt() + "." + text.length();
  }
}
