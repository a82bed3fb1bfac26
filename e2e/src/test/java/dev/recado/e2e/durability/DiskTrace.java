package dev.recado.e2e.durability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a process did to the files of a store, in the order of time, read from strace's lines. */
final class DiskTrace {
  static final String[] OPTIONS = {
    "-e", "trace=pwrite64,ftruncate,fsync,fdatasync", "-xx", "-s", "1048576"
  };

  /** One call that succeeded, with its times in seconds since 1970. */
  sealed interface Call {
    double begun();

    double ended();

    Path file();
  }

  record Write(double begun, double ended, Path file, long at, ByteBuffer bytes) implements Call {}

  record Cut(double begun, double ended, Path file, long length) implements Call {}

  record Sync(double begun, double ended, Path file) implements Call {}

  private static final Pattern LINE =
      Pattern.compile(
          "(\\d+\\.\\d+) (\\w+)\\(\\d+<([^>]+)>(?:, )?(.*)\\) += (\\d+)(.*) <([\\d.]+)>");
  private static final Pattern WRITE = Pattern.compile("\"([^\"]*)\", \\d+, (\\d+)");

  private DiskTrace() {}

  /** The calls on this store's file and its log. */
  static List<Call> of(Path store, List<String> lines) {
    var calls = new ArrayList<Call>();
    for (var line : lines) {
      call(line).filter(call -> belongsTo(store, call.file())).ifPresent(calls::add);
    }
    calls.sort(Comparator.comparingDouble(Call::begun));
    return calls;
  }

  private static boolean belongsTo(Path store, Path file) {
    // the -shm file is memory to SQLite: it is made anew after a power cut
    return file.equals(store) || file.toString().equals(store + "-wal");
  }

  private static Optional<Call> call(String line) {
    var match = LINE.matcher(line);
    if (!match.matches()) {
      return Optional.empty();
    }
    var begun = Double.parseDouble(match.group(1));
    var ended = begun + Double.parseDouble(match.group(7));
    var file = Path.of(new String(bytes(match.group(3)), UTF_8));
    return switch (match.group(2)) {
      case "pwrite64" -> write(begun, ended, file, match.group(4));
      case "ftruncate" -> Optional.of(new Cut(begun, ended, file, Long.parseLong(match.group(4))));
      case "fsync", "fdatasync" ->
          match.group(6).contains("INJECTED")
              ? Optional.empty()
              : Optional.of(new Sync(begun, ended, file));
      default -> Optional.empty();
    };
  }

  private static Optional<Call> write(double begun, double ended, Path file, String arguments) {
    var match = WRITE.matcher(arguments);
    return match.matches()
        ? Optional.of(
            new Write(
                begun,
                ended,
                file,
                Long.parseLong(match.group(2)),
                ByteBuffer.wrap(bytes(match.group(1)))))
        : Optional.empty();
  }

  /** Of {@code \x0a\xff…}. */
  private static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream(text.length() / 4);
    for (var at = 2; at + 1 < text.length(); at += 4) {
      bytes.write(Integer.parseInt(text, at, at + 2, 16));
    }
    return bytes.toByteArray();
  }
}
