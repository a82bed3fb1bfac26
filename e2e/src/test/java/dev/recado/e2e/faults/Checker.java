package dev.recado.e2e.faults;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.recado.job.JobState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Holds the logs of a run together. Every violation is one line; a good run has none. */
final class Checker {
  private final History history;
  private final Map<String, StoredJob> byId;
  private final Set<String> sent;
  private final List<String> violations = new ArrayList<>();

  private Checker(History history) {
    this.history = history;
    this.byId = history.jobs().stream().collect(toMap(StoredJob::id, job -> job));
    this.sent = history.attempts().stream().map(Attempt::label).collect(toSet());
  }

  static List<String> violations(History history) {
    var checker = new Checker(history);
    checker.acknowledgedJobsAreThere();
    checker.storedJobsWereAskedForOnce();
    checker.jobsSucceeded();
    checker.finishedJobsDidNotChange();
    checker.callsAreExplained();
    if (!history.integrity().equals("ok")) {
      checker.violations.add("damaged: " + history.integrity());
    }
    return List.copyOf(checker.violations);
  }

  private void acknowledgedJobsAreThere() {
    for (var attempt : history.acknowledged()) {
      var job = byId.get(Objects.requireNonNull(attempt.id()));
      if (job == null || !job.label().equals(attempt.label())) {
        violations.add("lost: " + attempt.label() + " was accepted as " + attempt.id());
      }
    }
  }

  private void storedJobsWereAskedForOnce() {
    var seen = new HashSet<String>();
    for (var job : history.jobs()) {
      if (!sent.contains(job.label())) {
        violations.add("unexpected: nobody sent " + job);
      }
      if (!seen.add(job.label())) {
        violations.add("doubled: " + job + " was sent once");
      }
    }
  }

  private void jobsSucceeded() {
    report("stuck", job -> !job.state().isTerminal());
    report("not succeeded", job -> job.state().isTerminal() && !job.is(JobState.SUCCEEDED));
    report("wrong answer", job -> answered(job) && !job.label().equals(job.answer()));
    report("answered without a call", job -> answered(job) && calls(job) == 0);
  }

  private void finishedJobsDidNotChange() {
    for (var job : history.before()) {
      if (job.state().isTerminal() && !job.equals(byId.get(job.id()))) {
        violations.add("changed after its end: " + job + " to " + byId.get(job.id()));
      }
    }
  }

  private void callsAreExplained() {
    var most = 1 + history.deaths() + history.furtherCalls();
    report("called more often than deaths explain", job -> calls(job) > most);
    report("called more often than tried", job -> calls(job) > tries(job));
  }

  private void report(String what, Predicate<StoredJob> wrong) {
    history.jobs().stream().filter(wrong).forEach(job -> violations.add(what + ": " + job));
  }

  // A try that the provider turned away is not counted among the job's attempts.
  private int tries(StoredJob job) {
    return job.attempts() + history.furtherCalls();
  }

  private static boolean answered(StoredJob job) {
    return job.is(JobState.SUCCEEDED);
  }

  private int calls(StoredJob job) {
    return history.calls().getOrDefault(job.label(), 0);
  }
}
