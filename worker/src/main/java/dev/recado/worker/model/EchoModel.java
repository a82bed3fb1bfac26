package dev.recado.worker.model;

import dev.recado.job.JobResult;
import dev.recado.worker.model.ModelAnswer.Aborted;
import dev.recado.worker.model.ModelAnswer.Completed;
import java.util.Objects;

/**
 * The built-in stand-in: no model at all. It says back what it was told, at once, and names itself
 * in every result, so that nobody takes it for more. It counts no tokens, as there are none.
 * Thread-safe.
 */
public final class EchoModel implements ModelClient {
  /** The name it answers under, whatever model was asked for. */
  public static final String NAME = "echo";

  @Override
  public ModelCall call(ModelRequest request) {
    return new EchoCall(request);
  }

  @Override
  public String defaultModel() {
    return NAME;
  }

  @Override
  public String describe() {
    return NAME;
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private static final class EchoCall implements ModelCall {
    private final ModelRequest request;
    private volatile boolean canceled;

    EchoCall(ModelRequest request) {
      this.request = request;
    }

    @Override
    public ModelAnswer await(TextListener listener) {
      return canceled ? new Aborted() : new Completed(echo());
    }

    @Override
    public void cancel() {
      canceled = true;
    }

    private JobResult echo() {
      return new JobResult("echo: " + said(), null, null, NAME, null, "stop");
    }

    /** What the user said last; other turns may stand after it. */
    private String said() {
      return request.messages().reversed().stream()
          .filter(message -> message.role().equals("user"))
          .map(ModelRequest.Message::content)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse("");
    }
  }
}
