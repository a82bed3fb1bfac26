package dev.recado.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** A request, made ready once as the bytes that go over the wire. Immutable. */
public final class Request {
  private final ByteBuffer bytes;

  private Request(String head, String body) {
    this.bytes = ByteBuffer.wrap((head + "\r\n" + body).getBytes(UTF_8)).asReadOnlyBuffer();
  }

  /** A GET of this path. */
  public static Request get(URI server, String path) {
    return new Request(head(server, "GET", path), "");
  }

  /** A POST of this JSON to this path, with more header lines if need be. */
  public static Request post(URI server, String path, String json, String... headers) {
    var head =
        head(server, "POST", path)
            + "Content-Type: application/json\r\nContent-Length: "
            + json.getBytes(UTF_8).length
            + "\r\n"
            + Stream.of(headers).map(line -> line + "\r\n").collect(joining());
    return new Request(head, json);
  }

  private static String head(URI server, String method, String path) {
    return "%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method, path, server.getAuthority());
  }

  ByteBuffer bytes() {
    return bytes.duplicate();
  }
}
