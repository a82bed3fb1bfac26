package dev.recado.web.openai;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.api.Acceptance;
import dev.recado.web.input.ChatReader;
import dev.recado.web.input.ChatSubmission;
import dev.recado.web.input.IdempotencyHeader;
import dev.recado.web.stream.EventStreams;
import dev.recado.web.wait.Waiters;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code POST /v1/chat/completions}: leaves a conversation, and waits for what comes of it or reads
 * along. A client that hangs up does not cancel the job.
 */
public final class ChatCompletions implements Handler {
  private static final String JOB_ID = "X-Job-Id";

  /** A job that has come to its deadline is noticed a little later. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ChatReader reader = new ChatReader();
  private final Acceptance acceptance;
  private final JobStore store;
  private final JobIds ids;
  private final Waiters waiters;
  private final EventStreams streams;
  private final ChatSettings settings;
  private final Clock clock;

  /** Accepts jobs there, and looks into this store for what came of them. */
  public ChatCompletions(
      Acceptance acceptance,
      JobStore store,
      JobIds ids,
      Waiters waiters,
      EventStreams streams,
      ChatSettings settings,
      Clock clock) {
    this.acceptance = acceptance;
    this.store = store;
    this.ids = ids;
    this.waiters = waiters;
    this.streams = streams;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void handle(Context context) {
    var key = IdempotencyHeader.of(context.req());
    var submission = reader.read(context.req());
    switch (submission.delivery()) {
      case WHOLE -> await(context, accept(context, submission, key), key);
      case STREAM, STREAM_WITH_USAGE -> stream(context, submission, key);
    }
  }

  private Acceptance.Accepted accept(
      Context context, ChatSubmission submission, Optional<String> key) {
    var job = submission.asJob(ids.next(), settings.timeToLive());
    var accepted = acceptance.take(context, job, key);
    context.res().setHeader(JOB_ID, accepted.job().value());
    return accepted;
  }

  private void await(Context context, Acceptance.Accepted accepted, Optional<String> key) {
    var rest = Duration.between(clock.instant(), accepted.deadline());
    var longest = rest.isNegative() ? GRACE : rest.plus(GRACE);
    context.future(() ->
        waiters
            .await(accepted.job(), longest)
            .thenAcceptAsync(
                end -> answer(context, end.orElseThrow(() -> unfinished(accepted.job(), key))),
                Thread::startVirtualThread));
  }

  /** Whoever has a key meets the same job again; anybody else would leave, and pay, another. */
  private static RuntimeException unfinished(JobId job, Optional<String> key) {
    return ChatProblems.unfinished(job, key.isPresent()).asException();
  }

  private static void answer(Context context, Job job) {
    var result = ChatProblems.resultOf(job);
    Answers.json(context, 200, ChatJson.of(job, result));
  }

  private void stream(Context context, ChatSubmission submission, Optional<String> key) {
    var model = submission.model() == null ? settings.model() : submission.model();
    streams.open(
        context,
        () -> accept(context, submission, key).job(),
        (job, out) -> new ChatStream(store, out, new ChunkJson(job, model), submission.delivery()));
  }
}
