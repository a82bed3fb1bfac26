package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.Shell;
import dev.recado.config.Durations;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Has a running server repeat the jobs that failed. */
@Command(
    description = "Run jobs that failed again, as new ones, each once.",
    footer = {
      "",
      "Those that were run again before, or whose texts are erased, are passed over, so it does no",
      "harm to say it twice. Each is paid for again. Where the server asks for RECADO_ADMIN_TOKEN,",
      "or is not on this machine, set that variable here as well.",
      "",
      "Example:",
      "  recado retry-failed --code provider_auth --within 2h"
    })
final class RetryFailedCommand extends OperatorCommand {
  private final InstantSource clock;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only those with this error code, such as provider_auth.")
  private @Nullable String code;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "1d",
      converter = Time.class,
      description = "Only those accepted so long ago at most, such as 2h. Default: 1d.")
  private Duration within = Duration.ofDays(1);

  RetryFailedCommand(Shell shell) {
    super(shell);
    this.clock = shell.clock();
  }

  /** As everywhere else where Recado is told a time. */
  private static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .filter(time -> time.compareTo(Duration.ofDays(10_000)) < 0)
          .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time such as 2h"));
    }
  }

  /** A line for each call, so that what was done is known whatever comes next. */
  @Override
  void steer(RecadoClient client) throws ServerException, InterruptedException {
    var since = clock.instant().minus(within);
    var cursor = "";
    do {
      var answer = client.retryFailed(code, since, cursor);
      cursor = answer.path("next_cursor").asString("");
      say(
          "%d run again, %d passed over%s"
              .formatted(
                  answer.path("retried").asInt(),
                  answer.path("skipped").asInt(),
                  cursor.isEmpty() ? "" : "; on to older ones"));
    } while (!cursor.isEmpty());
  }
}
