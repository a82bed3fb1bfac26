package dev.recado.web.openai;

import dev.recado.job.Job;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.store.Progress;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.input.ChatSubmission.Delivery;
import dev.recado.web.problem.Problem;
import dev.recado.web.problem.ProblemForm;
import dev.recado.web.problem.Problems;
import dev.recado.web.stream.EventWriter;
import dev.recado.web.stream.Teller;
import java.io.IOException;

/**
 * Tells one client the answer as it is given. This shape has no way to take words back: when the
 * model breaks off after some were sent, or web stops, the stream ends with an error, and the job
 * goes on.
 */
final class ChatStream implements Teller {
  private final JobStore store;
  private final EventWriter out;
  private final ChunkJson chunks;
  private final Delivery delivery;
  private boolean hasBegun;

  // What was sent: so many UTF-16 units of what this attempt has said.
  private int attempt;
  private int length;

  ChatStream(JobStore store, EventWriter out, ChunkJson chunks, Delivery delivery) {
    this.store = store;
    this.out = out;
    this.chunks = chunks;
    this.delivery = delivery;
  }

  @Override
  public Next tell() throws IOException {
    if (!hasBegun) {
      hasBegun = true;
      out.data(chunks.role());
    }
    try {
      var progress = store.progress(Tenant.DEFAULT, chunks.job(), attempt, length);
      return progress.isPresent() ? tell(progress.get()) : fail(Problems.jobNotFound());
    } catch (StoreUnavailableException e) {
      return Next.LATER;
    }
  }

  /** SDKs do not come again, and would hand on half an answer as a whole one. */
  @Override
  public void breakOff() throws IOException {
    var _ = fail(ChatProblems.unfinished(chunks.job()));
  }

  private Next tell(Progress progress) throws IOException {
    if (progress.state().isTerminal()) {
      var job = store.findOutcome(Tenant.DEFAULT, chunks.job());
      return job.isPresent() ? end(job.get(), progress) : fail(Problems.jobNotFound());
    }
    if (hasBrokenOff(progress)) {
      return fail(ChatProblems.interrupted(chunks.job()));
    }
    if (!progress.news().isEmpty()) {
      out.data(chunks.content(progress.news()));
      attempt = progress.attempt();
      length = progress.stop();
    }
    return length < progress.length() ? Next.NOW : Next.LATER;
  }

  /** Whether what was sent will not be continued. */
  private boolean hasBrokenOff(Progress progress) {
    return isAnothers(progress)
        || (length > 0 && progress.state() == JobState.QUEUED)
        || length > progress.length();
  }

  private boolean isAnothers(Progress progress) {
    return length > 0 && attempt != progress.attempt();
  }

  private Next end(Job job, Progress progress) throws IOException {
    var result = job.result();
    if (job.state() != JobState.SUCCEEDED || result == null) {
      return fail(ChatProblems.of(job));
    }
    var content = result.content() == null ? "" : result.content();
    if (isAnothers(progress) || length > content.length()) {
      return fail(ChatProblems.interrupted(job.id()));
    }
    if (length < content.length()) {
      out.data(chunks.content(content.substring(length)));
    }
    return end(result);
  }

  private Next end(JobResult result) throws IOException {
    if (result.toolCallsJson() != null) {
      out.data(chunks.toolCalls(result.toolCallsJson()));
    }
    out.data(chunks.end(result));
    if (delivery == Delivery.STREAM_WITH_USAGE && ChatJson.isCounted(result.usage())) {
      out.data(chunks.usage(result));
    }
    out.data(ChunkJson.DONE);
    return Next.NOTHING;
  }

  private Next fail(Problem problem) throws IOException {
    out.data(ProblemForm.OPENAI.document(problem, null));
    return Next.NOTHING;
  }
}
