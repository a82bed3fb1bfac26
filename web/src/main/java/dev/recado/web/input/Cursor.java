package dev.recado.web.input;

import dev.recado.job.JobId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a list, as a client carries it around: the id of the last job it was shown, in a
 * wrapping that does not ask to be understood. It holds no right: the next page is the tenant's
 * like the one before, so it needs no signature.
 */
public final class Cursor {
  static final String FORM = "is not a cursor of this list";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int LENGTH = 22;

  private Cursor() {}

  /** The cursor that goes on after this job. */
  public static String after(JobId job) {
    var uuid = UUID.fromString(job.value());
    var bytes = ByteBuffer.allocate(Long.BYTES * 2);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return ENCODER.encodeToString(bytes.array());
  }

  static Optional<JobId> read(String cursor) {
    if (cursor.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      return JobId.parse(new UUID(bytes.getLong(), bytes.getLong()).toString())
          .filter(job -> after(job).equals(cursor));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
