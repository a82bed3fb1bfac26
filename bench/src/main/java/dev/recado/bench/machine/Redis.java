package dev.recado.bench.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A private Redis, with an append-only file that it syncs once a second: its usual setting. */
final class Redis implements AutoCloseable {
  private final Path folder;
  private final int port = Ports.free();
  private final Program program;

  Redis(Workplace workplace) {
    folder = workplace.newFolder("redis");
    var command =
        List.of(
            "redis-server",
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec");
    program = Program.start(folder, command, Map.of()).awaitUntil(() -> Ports.isOpen(port));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    program.close();
    Workplace.delete(folder);
  }
}
