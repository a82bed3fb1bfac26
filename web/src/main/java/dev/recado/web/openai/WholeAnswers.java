package dev.recado.web.openai;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.web.answer.Answers;
import dev.recado.web.api.Acceptance.Accepted;
import dev.recado.web.wait.Waiters;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Answers with a completion when it is complete. Nobody's thread waits for it. */
public final class WholeAnswers {
  /** A job that has come to its deadline is noticed a little later. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Waiters waiters;
  private final Clock clock;

  /** They wait there; the clock says until when. */
  public WholeAnswers(Waiters waiters, Clock clock) {
    this.waiters = waiters;
    this.clock = clock;
  }

  /** Answers once the job has ended, or when it should have. */
  void answer(Context context, Accepted accepted, Optional<String> key) {
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
    return ChatProblems.unfinished(job)
        .header(ChatProblems.SHOULD_RETRY, Boolean.toString(key.isPresent()))
        .asException();
  }

  private static void answer(Context context, Job job) {
    var result = ChatProblems.resultOf(job);
    Answers.json(context, 200, ChatJson.of(job, result));
  }
}
