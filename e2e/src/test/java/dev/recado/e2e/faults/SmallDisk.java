package dev.recado.e2e.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory that can be filled to the last byte. Needs root. */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 4_096;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Whether this user may mount one on this machine. */
  static boolean canBeMounted() {
    try {
      var disk = mount(Files.createTempDirectory("recado-disk-"), 1);
      disk.close();
      Files.delete(disk.path());
      return true;
    } catch (IOException | IllegalStateException refused) {
      return false;
    }
  }

  static SmallDisk mount(Path on, int megabytes) {
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", on.toString());
    return new SmallDisk(on);
  }

  Path path() {
    return path;
  }

  /** Leaves no room for a single block. */
  void fill() {
    fillUpTo(0);
  }

  /** Leaves so many bytes, more or less. */
  void fillUpTo(long left) {
    try (var out = Files.newOutputStream(ballast())) {
      for (var block = new byte[BLOCK]; left == 0 || freeBytes() > left; ) {
        out.write(block);
      }
    } catch (IOException full) {
      return;
    }
  }

  private long freeBytes() throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  void free() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return path.resolve("ballast");
  }

  @Override
  public void close() {
    run("umount", path.toString());
  }

  private static void run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command[0] + ": " + output.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
