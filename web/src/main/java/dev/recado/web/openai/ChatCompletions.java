package dev.recado.web.openai;

import dev.recado.job.JobIds;
import dev.recado.web.api.Acceptance;
import dev.recado.web.api.Acceptance.Accepted;
import dev.recado.web.input.ChatReader;
import dev.recado.web.input.ChatSubmission;
import dev.recado.web.input.IdempotencyHeader;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /v1/chat/completions}: leaves a conversation, and waits for what comes of it or reads
 * along. A client that hangs up does not cancel the job.
 */
public final class ChatCompletions implements Handler {
  private static final String JOB_ID = "X-Job-Id";

  private final ChatReader reader;
  private final Acceptance acceptance;
  private final JobIds ids;
  private final WholeAnswers whole;
  private final StreamedAnswers streamed;

  /** Accepts jobs there that are read by this, which are answered in one of two ways. */
  public ChatCompletions(
      ChatReader reader,
      Acceptance acceptance,
      JobIds ids,
      WholeAnswers whole,
      StreamedAnswers streamed) {
    this.reader = reader;
    this.acceptance = acceptance;
    this.ids = ids;
    this.whole = whole;
    this.streamed = streamed;
  }

  @Override
  public void handle(Context context) {
    take(context).run();
  }

  /**
   * Leaves the job.
   *
   * @return answers, which may take as long as the model does. By then the conversation is let go
   *     of: no method that has it at hand waits for the answer.
   */
  private Runnable take(Context context) {
    var key = IdempotencyHeader.of(context.req());
    var submission = reader.read(context.req());
    Supplier<Accepted> leave = () -> accept(context, submission, key);
    return switch (submission.delivery()) {
      case WHOLE -> whole.take(context, leave, key);
      case STREAM, STREAM_WITH_USAGE -> streamed.take(context, submission, leave);
    };
  }

  private Accepted accept(Context context, ChatSubmission submission, Optional<String> key) {
    var id = ids.next();
    var accepted = acceptance.take(context, usual -> submission.asJob(id, usual), key);
    context.res().setHeader(JOB_ID, accepted.job().value());
    return accepted;
  }
}
