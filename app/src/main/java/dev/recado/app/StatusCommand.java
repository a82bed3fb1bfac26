package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows the queue, or one job, of a running server. */
@Command(
    description = "Show the queue at a glance, or one job.",
    footer = {
      "",
      "Examples:",
      "  recado status",
      "  recado status --json",
      "  recado status 019aa0c5-5c1e-7b9d-8f5e-3d1f0e9b2a77"
    })
final class StatusCommand implements Callable<Integer> {
  private static final List<String> ABOUT_A_JOB =
      List.of(
          "id",
          "status",
          "model",
          "attempts",
          "created_at",
          "started_at",
          "completed_at",
          "deadline");

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ServerOption server = new ServerOption();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "A job, instead of the queue.")
  private @Nullable String id;

  @Option(names = "--json", description = "Print the server's answer as JSON.")
  private boolean asJson;

  StatusCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws ServerException, InterruptedException {
    if (id != null && id.isBlank() && spec != null) {
      throw new ParameterException(spec.commandLine(), "A job's id is not to be blank.");
    }
    try (var client = new RecadoClient(server.url(shell.environment()))) {
      var answer = id == null ? client.queue() : client.job(id);
      if (asJson) {
        shell.out().println(JsonMapper.shared().writeValueAsString(answer));
      } else if (id == null) {
        printQueue(answer);
      } else {
        printJob(answer);
      }
      return ExitCode.OK;
    }
  }

  private void printQueue(ObjectNode queue) {
    var oldest = queue.path("oldest_age_seconds");
    var waiting = oldest.isNumber() ? ", the first for " + oldest.asLong() + " s" : "";
    var pausedSince = queue.path("paused_since");
    if (pausedSince.isString()) {
      print("paused", "since " + pausedSince.asString() + "; start jobs again with: recado resume");
    }
    print("queued", queue.path("queued").asString() + waiting);
    print("processing", queue.path("processing").asString());
    var workers = queue.path("workers");
    print(
        "workers",
        workers.isEmpty() ? "none: jobs wait until one is started" : "" + workers.size());
    workers.forEach(worker -> print("", describe(worker)));
  }

  private static String describe(JsonNode worker) {
    var id = worker.path("id").asString();
    return id
        + ": "
        + worker.path("running").asInt()
        + " of "
        + worker.path("slots").asInt()
        + " slots in use";
  }

  private void printJob(ObjectNode job) {
    for (var name : ABOUT_A_JOB) {
      var value = job.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        print(name.replace('_', ' '), value.asString());
      }
    }
    var error = job.path("error");
    if (error.isObject()) {
      print("error", error.path("message").asString() + " (" + error.path("code").asString() + ")");
    }
  }

  private void print(String name, String value) {
    shell.out().printf("%-13s %s%n", name, value);
  }
}
