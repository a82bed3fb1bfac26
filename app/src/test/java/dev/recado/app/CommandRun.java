package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.app.shell.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * One run of the command line in this JVM.
 *
 * @param exitCode how it ended
 * @param out what it answered
 * @param err what it told people
 */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(Map<String, String> environment, String piped, String... arguments) {
    return of(environment, piped.getBytes(UTF_8), arguments);
  }

  /** At a time of its own. */
  static CommandRun at(InstantSource clock, Map<String, String> environment, String... arguments) {
    return of(clock, environment, new byte[0], arguments);
  }

  static CommandRun of(Map<String, String> environment, byte[] piped, String... arguments) {
    return of(InstantSource.system(), environment, piped, arguments);
  }

  private static CommandRun of(
      InstantSource clock, Map<String, String> environment, byte[] piped, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var shell =
        new Shell(
            environment,
            clock,
            new ByteArrayInputStream(piped),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false);
    var exitCode = Main.run(shell, arguments);
    return new CommandRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
