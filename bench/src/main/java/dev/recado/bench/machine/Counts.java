package dev.recado.bench.machine;

import dev.recado.bench.load.Caller;
import dev.recado.bench.load.Request;
import java.net.URI;
import tools.jackson.databind.ObjectMapper;

/** Numbers that a system tells of itself in a JSON object. */
final class Counts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Counts() {}

  static long sum(Caller caller, URI server, String path, String first, String second) {
    var response = caller.call(Request.get(server, path));
    if (response.status() != 200) {
      throw new IllegalStateException(path + " answered " + response);
    }
    var counts = JSON.readTree(response.body());
    return counts.required(first).asLong() + counts.required(second).asLong();
  }
}
