package dev.recado.app.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import dev.recado.app.shell.StatusLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leaves a file of requests as one batch and brings its results into another. Run again, it finds
 * its batch by the key that is made of both files, and goes on where it was. The file of results is
 * there when it is whole, and not before.
 */
public final class BatchRun {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final RecadoClient client;
  private final Shell shell;
  private final StatusLine line;
  private final Patience patience;
  private final Path requests;
  private final Path results;
  private final String salt;

  /**
   * A run from one file into another.
   *
   * @param salt empty, or what makes the batch another one than that of the same files before
   */
  public BatchRun(RecadoClient client, Shell shell, Path requests, Path results, String salt) {
    this.client = client;
    this.shell = shell;
    this.line = new StatusLine(shell);
    this.patience = new Patience(shell.clock(), line, () -> false);
    this.requests = requests;
    this.results = results.toAbsolutePath().normalize();
    this.salt = salt;
  }

  /** Leaves the requests and prints the batch's id; returns the exit code. */
  public int leave() throws ServerException, InterruptedException, IOException {
    shell.out().println(submit());
    return ExitCode.OK;
  }

  /** Leaves the requests, waits and writes the results; returns the exit code. */
  public int collect() throws ServerException, InterruptedException, IOException {
    var id = submit();
    try (var lines = CollectedLines.in(partOf(id))) {
      shell.err().println("recado: batch " + id + howToGoOn());
      var counts = awaitEnd(id).path("request_counts");
      fetch(id, lines, counts.path("total").asInt());
      return tellEnd(counts);
    }
  }

  private String submit() throws ServerException, InterruptedException, IOException {
    var key = key();
    var left = patience.ask(() -> client.submitBatch(requests, key));
    if (left.isReplayed()) {
      tellIfOld(left.id());
    }
    return left.id();
  }

  /** Who wanted the same asked once more must not take old answers for new ones. */
  private void tellIfOld(String id) throws ServerException, InterruptedException, IOException {
    var batch = patience.ask(() -> client.batch(id));
    if (batch.path("done").asBoolean() && !Files.exists(partOf(id))) {
      shell
          .err()
          .println(
              "recado: these requests were left before, at "
                  + batch.path("created_at").asString()
                  + ", and have ended; nothing is asked anew. To leave them as a new batch: --again");
    }
  }

  private String howToGoOn() {
    return salt.isEmpty()
        ? "; run the same again to go on after a break"
        : "; it is new, and after a break /api/batches has its results";
  }

  private Path partOf(String batch) {
    return results.resolveSibling(results.getFileName() + "." + batch + ".part");
  }

  private int tellEnd(JsonNode counts) throws IOException {
    shell.err().println("recado: " + summary(counts) + " in " + results);
    var purged = CollectedLines.purgedIn(results);
    if (purged > 0) {
      shell.err().println("recado: erased on the server before: " + purged + " of the results");
    }
    return purged == 0 && counts.path("succeeded").asLong() == counts.path("total").asLong()
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  /** The same for the same requests into the same file, unless salted. */
  private String key() throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var in = Files.newInputStream(requests)) {
        in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      }
      digest.update(results.toString().getBytes(UTF_8));
      digest.update(salt.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private ObjectNode awaitEnd(String id) throws ServerException, InterruptedException, IOException {
    var progress = new BatchProgress(shell, line);
    try {
      var batch = patience.ask(() -> client.batch(id));
      while (!batch.path("done").asBoolean()) {
        progress.show(batch.path("request_counts"));
        Thread.sleep(PAUSE);
        batch = patience.ask(() -> client.batch(id));
      }
      return batch;
    } finally {
      progress.end();
    }
  }

  /** Adds what is missing to what an earlier run has collected, and names it when it is whole. */
  private void fetch(String batch, CollectedLines lines, int total)
      throws ServerException, InterruptedException, IOException {
    patience.ask(() -> {
      var last = lines.lastIndex();
      client.batchResults(batch, last, lines.end());
      return last;
    });
    if (lines.lastIndex() != total - 1) {
      throw new IOException("the results of batch " + batch + " broke off" + howToGoOn());
    }
    lines.name(results);
  }

  private static String summary(JsonNode counts) {
    return "%d of %d succeeded, %d failed, %d canceled, %d expired;"
        .formatted(
            counts.path("succeeded").asLong(),
            counts.path("total").asLong(),
            counts.path("failed").asLong(),
            counts.path("canceled").asLong(),
            counts.path("expired").asLong());
  }
}
