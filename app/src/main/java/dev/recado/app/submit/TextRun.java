package dev.recado.app.submit;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leaves texts, each as a job of its own, and brings their answers. If the server ends it, the jobs
 * that go on are named; Ctrl+C cancels them.
 */
public final class TextRun {
  private final RecadoClient client;
  private final Shell shell;
  private final Submission submission;
  private final Waiting waiting;

  private TextRun(RecadoClient client, Shell shell, Answers answers) {
    this.client = client;
    this.shell = shell;
    this.submission = new Submission(client, shell);
    this.waiting = new Waiting(client, shell, answers);
  }

  /** One whose answers are printed bare. */
  public static TextRun inText(RecadoClient client, Shell shell) {
    return new TextRun(client, shell, new Answers.AsText(shell));
  }

  /** One whose answers are printed as the server gives them, a line of JSON each. */
  public static TextRun inJson(RecadoClient client, Shell shell) {
    return new TextRun(client, shell, new Answers.AsJson(shell));
  }

  /**
   * A text to leave.
   *
   * @param name the file it comes from; empty if it is no file
   * @param request what is asked of the server
   */
  public record Text(String name, ObjectNode request) {}

  /** Leaves them and prints their jobs' ids; returns the exit code. */
  public int leave(List<Text> texts) throws ServerException, InterruptedException, IOException {
    return run(texts, this::printIds);
  }

  /** Leaves them, waits and prints their answers in the same order; returns the exit code. */
  public int collect(List<Text> texts) throws ServerException, InterruptedException, IOException {
    return run(texts, waiting::until);
  }

  private int run(List<Text> texts, Rest rest)
      throws ServerException, InterruptedException, IOException {
    try (var _ = CancelOnInterrupt.of(client, shell, this::cancelable)) {
      for (var text : texts) {
        submission.leave(text.name(), text.request());
      }
      return rest.of(submission.errands());
    } catch (ServerException e) {
      waiting.giveUp(submission.errands());
      throw e;
    }
  }

  /** What there is to do when all have been left. */
  private interface Rest {
    int of(List<Errand> errands) throws ServerException, InterruptedException, IOException;
  }

  private int printIds(List<Errand> errands) {
    errands.forEach(errand -> shell.out().println(errand.id()));
    return ExitCode.OK;
  }

  /** First silence: what is canceled must not be said to go on. */
  private List<Errand> cancelable() {
    waiting.fallSilent();
    return waiting.unfinished(submission.end());
  }
}
