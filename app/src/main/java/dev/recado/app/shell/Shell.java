package dev.recado.app.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param environment the variables it is started with
 * @param clock what the time is there
 * @param in what is piped into it
 * @param out where answers go, and nothing else
 * @param err where everything said to people goes
 * @param isWatched whether a person watches {@code err}
 */
public record Shell(
    Map<String, String> environment,
    InstantSource clock,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean isWatched) {

  /**
   * The real one. It speaks UTF-8, whatever the locale: an answer in Portuguese that goes into a
   * file must not lose its accents because a cron job has no LANG. Only the start script knows
   * whether standard error is a terminal.
   */
  public static Shell ofThisProcess() {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    var isWatched = Boolean.getBoolean("recado.terminal");
    return new Shell(System.getenv(), InstantSource.system(), System.in, out, err, isWatched);
  }
}
