package dev.recado.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Recado's command line. */
@Command(
    name = "recado",
    description = "Leave a text, collect the answer: a queue in front of language models.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
