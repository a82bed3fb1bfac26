package dev.recado.e2e.model;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of HTTP/1.1 as a model client needs: requests with a length, answers plain or chunked.
 */
final class HttpWire {
  /** One request, read to its last byte. */
  record Request(String path, String authorization, String body) {}

  private final InputStream in;
  private final OutputStream out;

  HttpWire(Socket socket) throws IOException {
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  int nextByte() throws IOException {
    return in.read();
  }

  /** The next request, or null when the client closed the connection between two of them. */
  @Nullable Request read() throws IOException {
    var first = line();
    if (first.isEmpty()) {
      return null;
    }
    var length = 0;
    var chunked = false;
    var authorization = "";
    for (var line = line(); !line.isEmpty(); line = line()) {
      var header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
      if (header.startsWith("authorization:")) {
        authorization = line.substring(line.indexOf(':') + 1).strip();
      }
      chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
    }
    var body = chunked ? chunks() : exactly(length);
    return new Request(first.split(" ", -1)[1], authorization, body);
  }

  void send(int status, Object body) throws IOException {
    send(status, "", body);
  }

  void send(int status, String headers, Object body) throws IOException {
    var bytes = json(body).getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 %d x\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(status, headers, bytes.length);
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    whole.writeBytes(bytes);
    out.write(whole.toByteArray());
  }

  void beginStream() throws IOException {
    write(
        "HTTP/1.1 200 x\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  void event(Object body) throws IOException {
    chunk("data: " + json(body) + "\n\n");
  }

  void endStream() throws IOException {
    chunk("data: [DONE]\n\n");
    write("0\r\n\r\n");
  }

  private void chunk(String text) throws IOException {
    var length = text.getBytes(StandardCharsets.UTF_8).length;
    write(Integer.toHexString(length) + "\r\n" + text + "\r\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Object body) {
    return JsonMapper.shared().writeValueAsString(body);
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    for (var size = chunkSize(); size > 0; size = chunkSize()) {
      body.append(exactly(size));
      line();
    }
    line();
    return body.toString();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String exactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client hung up in its request");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** One line without its end; empty at the end of the stream. */
  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
