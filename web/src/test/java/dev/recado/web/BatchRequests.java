package dev.recado.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;

/** How batches are sent. */
final class BatchRequests {
  private BatchRequests() {}

  static Answer postLines(RunningWeb web, String path, byte[] lines, String... headers) {
    var all =
        Stream.concat(Stream.of("Content-Type", "application/jsonl"), Stream.of(headers))
            .toArray(String[]::new);
    return web.send("POST", path, BodyPublishers.ofByteArray(lines), all);
  }
}
