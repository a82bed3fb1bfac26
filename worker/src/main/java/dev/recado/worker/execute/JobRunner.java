package dev.recado.worker.execute;

import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.Settlement;
import dev.recado.worker.model.ModelAnswer;
import dev.recado.worker.model.ModelAnswer.Remedy;
import dev.recado.worker.model.ModelClient;
import dev.recado.worker.model.ModelRequest;
import dev.recado.worker.process.TextProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs one attempt: ask the kind what to ask, ask the model, decide. Whatever happens ends in
 * exactly one {@link Settlement}, or in none if the job was taken away meanwhile. Thread-safe.
 */
final class JobRunner {
  private final Map<String, TextProcessor> processors;
  private final ModelClient model;
  private final ModelGate gate;
  private final OutputRelay outputs;
  private final RetryPolicy policy;
  private final Clock clock;

  JobRunner(
      Map<String, TextProcessor> processors,
      ModelClient model,
      ModelGate gate,
      OutputRelay outputs,
      RetryPolicy policy,
      Clock clock) {
    this.processors = Map.copyOf(processors);
    this.model = model;
    this.gate = gate;
    this.outputs = outputs;
    this.policy = policy;
    this.clock = clock;
  }

  /** Asks the gate for a job that has just been claimed; its pass has to be {@link #run}. */
  Pass enter(ClaimedJob job) {
    return gate.enter(modelOf(job), job.setbacks());
  }

  /** The end of this attempt; empty if there is nothing to record. */
  Optional<Settlement> run(ClaimedJob job, InFlight.Attempt attempt, Pass pass) {
    return switch (pass) {
      case Pass.Go go -> call(job, attempt, go);
      case Pass.PutOff(var delay) -> Optional.of(putOff(job, delay));
    };
  }

  /** The end of an attempt that came to none by itself: the job is tried again. */
  Settlement afterMistake(ClaimedJob job, Pass pass, Throwable mistake) {
    if (pass instanceof Pass.Go go) {
      gate.report(go, new CallOutcome.Unclear());
    }
    return refusal(job, failedInside(mistake));
  }

  private Optional<Settlement> call(ClaimedJob job, InFlight.Attempt attempt, Pass.Go pass) {
    var passed = new PassedCall(gate, pass);
    var answer = answer(job, attempt, passed);
    var standing = passed.report(CallOutcome.of(answer));
    return decide(job, attempt, standing == ModelGate.Standing.AWAY ? notItsFault(answer) : answer);
  }

  // A model that fails everybody must not use up the tries of whoever happened to ask.
  private static ModelAnswer notItsFault(ModelAnswer answer) {
    return answer instanceof ModelAnswer.Refused refused
            && (refused.remedy() == Remedy.RETRY || refused.remedy() == Remedy.WAIT_ONCE)
        ? new ModelAnswer.Refused(
            refused.error(), Remedy.WAIT, refused.retryAfter(), refused.partial())
        : answer;
  }

  private ModelAnswer answer(ClaimedJob job, InFlight.Attempt attempt, PassedCall passed) {
    var timeLeft = Duration.between(clock.instant(), job.deadline());
    if (timeLeft.isNegative() || timeLeft.isZero()) {
      return late();
    }
    var processor = processors.get(job.kind());
    if (processor == null) {
      return refused("This worker knows no jobs of kind " + job.kind() + ".");
    }
    try (var text = outputs.of(job)) {
      var call = model.call(request(job, processor.ask(job), timeLeft));
      attempt.calls(call);
      return read(processor, call.await(attempt.noting(passed.telling(text))));
    } catch (IllegalArgumentException e) {
      return refused("The job cannot be run: " + e.getMessage() + ".");
    } catch (RuntimeException | Error bug) {
      return failedInside(bug);
    }
  }

  private ModelRequest request(ClaimedJob job, TextProcessor.Question question, Duration timeLeft) {
    return new ModelRequest(
        modelOf(job),
        question.messages(),
        question.maxTokens(),
        question.temperature(),
        question.options(),
        job.id() + "-" + job.attempt(),
        timeLeft);
  }

  private String modelOf(ClaimedJob job) {
    return job.model() == null ? model.defaultModel() : job.model();
  }

  private static ModelAnswer read(TextProcessor processor, ModelAnswer answer) {
    return answer instanceof ModelAnswer.Completed(var result)
        ? new ModelAnswer.Completed(processor.read(result))
        : answer;
  }

  private Optional<Settlement> decide(
      ClaimedJob job, InFlight.Attempt attempt, ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Completed(var result) ->
          Optional.of(new Settlement.Succeed(result, attempt.firstWord()));
      case ModelAnswer.Refused refused -> Optional.of(refusal(job, refused));
      case ModelAnswer.Aborted() -> aborted(job, attempt);
    };
  }

  private Settlement refusal(ClaimedJob job, ModelAnswer.Refused refused) {
    if (refused.error().code() == ErrorCode.DEADLINE_EXCEEDED) {
      return new Settlement.Expire(refused.error());
    }
    var share = ThreadLocalRandom.current().nextDouble();
    return policy.settle(refused, job.setbacks(), clock.instant(), job.deadline(), share);
  }

  private static Optional<Settlement> aborted(ClaimedJob job, InFlight.Attempt attempt) {
    if (attempt.stopped() == InFlight.Stop.TAKEN_AWAY) {
      return Optional.empty();
    }
    return Optional.of(new Settlement.HandBack(job.setbacks().plusInterruption()));
  }

  // Not later than the deadline, where the job expires.
  private Settlement putOff(ClaimedJob job, Duration delay) {
    var then = clock.instant().plus(delay);
    var notBefore = then.isBefore(job.deadline()) ? then : job.deadline();
    return new Settlement.PutOff(notBefore, job.setbacks().plusInterruption());
  }

  private static ModelAnswer late() {
    return new ModelAnswer.Refused(JobError.late(), Remedy.NONE, null, null);
  }

  private static ModelAnswer refused(String message) {
    var error = JobError.ours(ErrorCode.PROVIDER_BAD_REQUEST, message, false);
    return new ModelAnswer.Refused(error, Remedy.NONE, null, null);
  }

  // Only the class: an exception's message may quote the text.
  private static ModelAnswer.Refused failedInside(Throwable bug) {
    var message =
        "The worker failed while running the job (%s).".formatted(bug.getClass().getName());
    var error = JobError.ours(ErrorCode.WORKER_LOST, message, true);
    return new ModelAnswer.Refused(error, Remedy.RETRY, null, null);
  }
}
