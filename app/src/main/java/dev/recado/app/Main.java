package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.app.client.ServerException;
import dev.recado.app.server.PortTakenException;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import dev.recado.app.shell.Version;
import dev.recado.config.SettingsException;
import dev.recado.store.StoreDamagedException;
import dev.recado.store.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Recado's command line. */
@Command(
    name = "recado",
    description = "Leave a text, collect the answer: a queue in front of language models.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Settings come from the environment; each command's --help lists its options.",
      "",
      "Examples:",
      "  recado up                    everything in one process, on http://127.0.0.1:8080",
      "  recado submit \"Say hello\"    leave a text, wait, print the answer",
      "  recado status                what is queued, who works",
      "  recado pause                 start no more jobs until recado resume",
      "  recado check                 test store, broker and model server",
      "  recado backup FILE           copy the job store while it is used",
      "  MODEL_URL=http://localhost:11434/v1 MODEL_NAME=llama3.2 recado up"
    })
public final class Main {
  private static final int HELP_WIDTH = 90;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Shell.ofThisProcess(), arguments));
  }

  /** Runs one command; returns its exit code. */
  static int run(Shell shell, String... arguments) {
    var exitCode = commandLine(shell, arguments).execute(arguments);
    // Who finds an empty file must not be told that all is well.
    if (exitCode == ExitCode.OK && shell.out().checkError()) {
      shell.err().println("recado: standard output can not be written");
      return ExitCode.FAILED;
    }
    return exitCode;
  }

  /** With the command that these arguments begin with, or with all if they begin with none. */
  static CommandLine commandLine(Shell shell, String... arguments) {
    var commandLine = new CommandLine(new Main());
    asked(commands(shell), arguments)
        .forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
    commandLine.getSubcommands().values().forEach(Main::addHelp);
    return commandLine
        // A text may begin with an @, and whoever passes one on may not know who wrote it.
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(shell.out(), true, UTF_8))
        .setErr(new PrintWriter(shell.err(), true, UTF_8))
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler((mistake, _) -> correct(mistake, shell))
        .setExecutionExceptionHandler((failure, _, _) -> explain(failure, shell));
  }

  // Picocli reads a command's options by reflection; to read those of all was a sixth of a start.
  private static Map<String, Supplier<Object>> asked(
      Map<String, Supplier<Object>> all, String... arguments) {
    var first = arguments.length == 0 ? "" : arguments[0];
    var command = all.get(first);
    return command == null ? all : Map.of(first, command);
  }

  /** In the order in which the help lists them. */
  private static Map<String, Supplier<Object>> commands(Shell shell) {
    var all = new LinkedHashMap<String, Supplier<Object>>();
    all.put("up", () -> new UpCommand(shell));
    all.put("web", () -> new WebCommand(shell));
    all.put("worker", () -> new WorkerCommand(shell));
    all.put("check", () -> new CheckCommand(shell));
    all.put("backup", () -> new BackupCommand(shell));
    all.put("train", () -> new TrainCommand(shell));
    all.put("submit", () -> new SubmitCommand(shell));
    all.put("status", () -> new StatusCommand(shell));
    all.put("pause", () -> new PauseCommand(shell));
    all.put("resume", () -> new ResumeCommand(shell));
    all.put("retry-failed", () -> new RetryFailedCommand(shell));
    all.put("webhook-listen", () -> new WebhookListenCommand(shell));
    return all;
  }

  private static void addHelp(CommandLine subcommand) {
    subcommand.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
  }

  /** A sentence and where to read on, instead of pages of help. */
  private static int correct(ParameterException mistake, Shell shell) {
    var command = mistake.getCommandLine().getCommandSpec().qualifiedName();
    shell.err().println("recado: " + mistake.getMessage());
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      var err = new PrintWriter(shell.err(), true, UTF_8);
      UnmatchedArgumentException.printSuggestions(unmatched, err);
    }
    shell.err().println("Try: " + command + " --help");
    return ExitCode.USAGE;
  }

  /**
   * What an operator can do something about is a sentence; the rest is a bug and shows its trace.
   */
  private static int explain(Exception failure, Shell shell) throws Exception {
    return switch (failure) {
      case SettingsException settings -> {
        shell.err().println("recado: the settings can not be used:");
        settings.problems().forEach(problem -> shell.err().println("  " + problem));
        yield ExitCode.USAGE;
      }
      case ServerException.Unreachable unreachable -> say(shell, unreachable, ExitCode.UNREACHABLE);
      case ServerException refused -> say(shell, refused, ExitCode.FAILED);
      case StoreDamagedException damaged -> say(shell, damaged, ExitCode.DAMAGED);
      case StoreUnavailableException store -> say(shell, store, ExitCode.FAILED);
      case PortTakenException taken -> say(shell, taken, ExitCode.FAILED);
      case UncheckedIOException file -> say(shell, String.valueOf(file.getMessage()));
      case NoSuchFileException file -> say(shell, file.getFile() + " is not there");
      case AccessDeniedException file -> say(shell, file.getFile() + " may not be used");
      case IOException file -> say(shell, String.valueOf(file.getMessage()));
      default -> throw failure;
    };
  }

  private static int say(Shell shell, Exception failure, int exitCode) {
    shell.err().println("recado: " + failure.getMessage());
    return exitCode;
  }

  private static int say(Shell shell, String words) {
    shell.err().println("recado: " + words);
    return ExitCode.FAILED;
  }
}
