package dev.recado.web.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes Server-Sent Events, each at once. For one thread. */
public final class EventWriter {
  private final OutputStream out;
  private long lastWrite = System.nanoTime();

  EventWriter(OutputStream out) {
    this.out = out;
  }

  /** Asks the client to wait so long before it connects again. */
  public void reconnectAfter(Duration delay) throws IOException {
    write("retry: " + delay.toMillis() + "\n\n");
  }

  void event(String name, Place id, byte[] data) throws IOException {
    write("event: " + name + "\nid: " + id + '\n' + lines(data));
  }

  /** Something that has no id, as nobody asks for it again. */
  public void event(String name, byte[] data) throws IOException {
    write("event: " + name + '\n' + lines(data));
  }

  /** Something that has neither name nor id. */
  public void data(byte[] data) throws IOException {
    write(lines(data));
  }

  private static String lines(byte[] data) {
    var lines = new StringBuilder(data.length + 16);
    // JSON from elsewhere (a model's tool calls) may have line breaks between its members.
    var text = new String(data, StandardCharsets.UTF_8);
    text.lines().forEach(line -> lines.append("data: ").append(line).append('\n'));
    return lines.append('\n').toString();
  }

  /** Shows everybody on the way that the stream lives. */
  void keepalive() throws IOException {
    write(": keepalive\n\n");
  }

  /** Since when nothing was written. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastWrite);
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    lastWrite = System.nanoTime();
  }
}
