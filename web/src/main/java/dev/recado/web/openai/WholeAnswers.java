package dev.recado.web.openai;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.web.answer.Answers;
import dev.recado.web.api.Acceptance.Accepted;
import dev.recado.web.wait.Listener;
import dev.recado.web.wait.Waiters;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

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

  /**
   * Has the job left once it is sure that there is a place to wait for it.
   *
   * @return answers once the job has ended, or when it should have; knows nothing of the
   *     conversation
   */
  Runnable take(Context context, Supplier<Accepted> leave, Optional<String> key) {
    try (var place = waiters.reserve().orElseThrow(() -> ChatProblems.tooMany().asException())) {
      var accepted = leave.get();
      var client = Listener.of(context);
      var end = place.await(accepted.job(), longest(accepted), client::hasHungUp);
      return () -> context.future(() -> answerAtTheEnd(context, accepted.job(), end, key));
    }
  }

  private Duration longest(Accepted accepted) {
    var rest = Duration.between(clock.instant(), accepted.deadline());
    return rest.isNegative() ? GRACE : rest.plus(GRACE);
  }

  private static CompletableFuture<Void> answerAtTheEnd(
      Context context, JobId job, CompletableFuture<Optional<Job>> end, Optional<String> key) {
    return end.thenAcceptAsync(
        ended -> answer(context, ended.orElseThrow(() -> unfinished(job, key))),
        Thread::startVirtualThread);
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
