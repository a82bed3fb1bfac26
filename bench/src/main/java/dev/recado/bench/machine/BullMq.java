package dev.recado.bench.machine;

import dev.recado.bench.load.Caller;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;

/** BullMQ behind Fastify, on a Redis of its own. */
final class BullMq implements Installation {
  private final Workplace workplace;
  private final Setup setup;
  private final Path folder;
  private final Redis redis;
  private final int port = Ports.free();
  private final Deque<Program> programs = new ArrayDeque<>();

  BullMq(Workplace workplace, Setup setup) {
    this.workplace = workplace;
    this.setup = setup;
    this.folder = workplace.newFolder("bullmq");
    this.redis = new Redis(workplace);
  }

  @Override
  public Program startFront() {
    return run("bullmq-web.mjs");
  }

  @Override
  public Program startWorker() {
    return run("bullmq-worker.mjs");
  }

  private Program run(String script) {
    var environment = new HashMap<>(setup.modelUrl());
    environment.put("NODE_ENV", "production");
    environment.put("PORT", String.valueOf(port));
    environment.put("REDIS_PORT", String.valueOf(redis.port()));
    environment.put("CONCURRENCY", String.valueOf(setup.concurrency()));
    var command = List.of("node", workplace.peers().resolve(script).toString());
    var program = Program.start(folder, command, environment);
    programs.push(program);
    return program;
  }

  @Override
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public String steering() {
    return "/";
  }

  @Override
  public long pending(Caller caller) {
    return Counts.sum(caller, uri(), "/stats", "waiting", "active");
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
    redis.close();
    Workplace.delete(folder);
  }
}
