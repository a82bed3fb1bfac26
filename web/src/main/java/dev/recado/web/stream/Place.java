package dev.recado.web.stream;

import dev.recado.job.Job;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a job's life, and the id of the event that tells of it: {@code <attempts>.<stage>}. It
 * is read off the job alone, so any web process gives the same id at any time.
 *
 * <p>Places are compared for being the same, never for being later: a try that a busy provider
 * turned away is taken off {@link Job#attempts} again, so a job may come to 0.2 after 1.1.
 *
 * @param attempts how often the job was tried
 * @param stage 0 queued, 1 processing, 2 queued again, 3 ended
 */
record Place(int attempts, int stage) {
  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})\\.[0-3]");

  static Place of(Job job) {
    return new Place(job.attempts(), stage(job));
  }

  private static int stage(Job job) {
    return switch (job.state()) {
      case QUEUED -> job.startedAt() == null ? 0 : 2;
      case PROCESSING -> 1;
      case SUCCEEDED, FAILED, CANCELED, EXPIRED -> 3;
    };
  }

  /** Empty unless the text is written as {@link #toString} writes it. */
  static Optional<Place> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    var dot = text.indexOf('.');
    var attempts = Integer.parseInt(text, 0, dot, 10);
    return Optional.of(new Place(attempts, text.charAt(dot + 1) - '0'));
  }

  @Override
  public String toString() {
    return attempts + "." + stage;
  }
}
