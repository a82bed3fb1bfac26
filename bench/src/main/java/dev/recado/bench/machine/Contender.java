package dev.recado.bench.machine;

import java.nio.file.Files;
import java.nio.file.Path;

/** Who is measured. */
public enum Contender {
  /** The product in one process. */
  EMBEDDED("embedded"),
  /** The product with web, worker and RabbitMQ apart. */
  SPLIT("split"),
  /** BullMQ on Redis. */
  BULLMQ("BullMQ");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** Its name for readers. */
  public String title() {
    return title;
  }

  /** What this machine lacks for it; empty if nothing. */
  public String lacks(Workplace workplace) {
    return switch (this) {
      case EMBEDDED -> "";
      case SPLIT -> Workplace.has("rabbitmq-server") ? "" : "rabbitmq-server";
      case BULLMQ -> lackingForBullMq(workplace);
    };
  }

  private static String lackingForBullMq(Workplace workplace) {
    if (!Workplace.has("node")) {
      return "node";
    }
    if (!Workplace.has("redis-server")) {
      return "redis-server";
    }
    var modules = workplace.peers().resolve("node_modules/bullmq");
    return Files.isDirectory(modules) ? "" : "bench/peers/node_modules (npm)";
  }

  /** A new installation without any data. */
  public Installation install(Workplace workplace, Setup setup) {
    return switch (this) {
      case EMBEDDED -> Recado.embedded(workplace, setup);
      case SPLIT -> Recado.split(workplace, setup);
      case BULLMQ -> new BullMq(workplace, setup);
    };
  }

  /** The product, web and worker apart, on a store that is there already. */
  public static Installation splitOn(Path store, Workplace workplace, Setup setup) {
    return Recado.split(workplace, setup, store);
  }
}
