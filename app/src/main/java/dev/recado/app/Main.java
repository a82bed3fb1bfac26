package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.app.client.ServerException;
import dev.recado.config.SettingsException;
import dev.recado.store.StoreDamagedException;
import dev.recado.store.StoreUnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
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
    var exitCode = commandLine(shell).execute(arguments);
    // Who finds an empty file must not be told that all is well.
    if (exitCode == ExitCode.OK && shell.out().checkError()) {
      shell.err().println("recado: standard output can not be written");
      return ExitCode.FAILED;
    }
    return exitCode;
  }

  static CommandLine commandLine(Shell shell) {
    var commandLine =
        new CommandLine(new Main())
            .addSubcommand(new UpCommand(shell))
            .addSubcommand(new WebCommand(shell))
            .addSubcommand(new WorkerCommand(shell))
            .addSubcommand(new CheckCommand(shell))
            .addSubcommand(new BackupCommand(shell))
            .addSubcommand(new TrainCommand(shell))
            .addSubcommand(new SubmitCommand(shell))
            .addSubcommand(new StatusCommand(shell))
            .addSubcommand(new PauseCommand(shell))
            .addSubcommand(new ResumeCommand(shell))
            .addSubcommand(new RetryFailedCommand(shell, Clock.systemUTC()))
            .addSubcommand(new WebhookListenCommand(shell));
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
