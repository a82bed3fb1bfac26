package dev.recado.bench.machine;

import dev.recado.bench.load.Caller;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The product, started as its users start it: by {@code ./recado}. */
final class Recado implements Installation {
  private final Workplace workplace;
  private final Setup setup;
  private final Path folder;
  private final String store;
  private final @Nullable RabbitMq broker;
  private final int port = Ports.free();
  private final Deque<Program> programs = new ArrayDeque<>();

  /** One process, with nothing beside it. */
  static Recado embedded(Workplace workplace, Setup setup) {
    return new Recado(workplace, setup, null, "");
  }

  /** Web and worker apart, with a broker of their own. */
  static Recado split(Workplace workplace, Setup setup) {
    return new Recado(workplace, setup, new RabbitMq(workplace), "");
  }

  /** Like {@link #split}, on a store that is there already. */
  static Recado split(Workplace workplace, Setup setup, Path store) {
    return new Recado(workplace, setup, new RabbitMq(workplace), store.toString());
  }

  private Recado(Workplace workplace, Setup setup, @Nullable RabbitMq broker, String store) {
    this.workplace = workplace;
    this.setup = setup;
    this.broker = broker;
    this.folder = workplace.newFolder("recado");
    this.store = store.isEmpty() ? folder.resolve("recado.db").toString() : store;
  }

  @Override
  public Program startFront() {
    return run(broker == null ? "up" : "web");
  }

  @Override
  public Program startWorker() {
    return broker == null ? programs.getFirst() : run("worker");
  }

  private Program run(String role) {
    var command = List.of(workplace.root().resolve("recado").toString(), role);
    var program = Program.start(folder, command, environment());
    programs.push(program);
    return program;
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(setup.modelUrl());
    environment.put("RECADO_PORT", String.valueOf(port));
    environment.put("RECADO_DATABASE_URL", "jdbc:sqlite:" + store);
    environment.put("RECADO_WORKER_CONCURRENCY", String.valueOf(setup.concurrency()));
    if (broker != null) {
      environment.put("RABBITMQ_URL", broker.url());
    }
    return environment;
  }

  @Override
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public String steering() {
    return "/api/console/";
  }

  @Override
  public long pending(Caller caller) {
    return Counts.sum(caller, uri(), "/api/queue", "queued", "processing");
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
    if (broker != null) {
      broker.close();
    }
    Workplace.delete(folder);
  }
}
