package dev.recado.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.job.JobId;
import dev.recado.job.Priority;
import dev.recado.web.input.BatchSubmission;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** Tells two batches apart as {@link Fingerprint} does two jobs. For one thread. */
final class BatchFingerprint {
  private static final JobId ANY = JobId.earliestAt(Instant.EPOCH);

  private final MessageDigest digest = Fingerprint.sha256();

  void add(BatchSubmission.Request request) {
    var job = request.submission().asJob(ANY, Duration.ZERO, Priority.LOW);
    digest.update(Fingerprint.of(request.customId(), Fingerprint.of(job)).getBytes(UTF_8));
  }

  String of(BatchSubmission wish) {
    var metadata = wish.metadata();
    var rest =
        Fingerprint.of(
            Long.toString(wish.timeToLive().toSeconds()),
            metadata == null ? "" : metadata.toString());
    digest.update(rest.getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }
}
