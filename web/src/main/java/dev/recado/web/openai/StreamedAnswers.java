package dev.recado.web.openai;

import dev.recado.store.JobStore;
import dev.recado.web.api.Acceptance.Accepted;
import dev.recado.web.input.ChatSubmission;
import dev.recado.web.stream.EventStreams;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** Answers with a completion while it is given. */
public final class StreamedAnswers {
  private final JobStore store;
  private final EventStreams streams;
  private final String usualModel;

  /**
   * They read along in this store.
   *
   * @param usualModel the model of those that name none, as far as web knows
   */
  public StreamedAnswers(JobStore store, EventStreams streams, String usualModel) {
    this.store = store;
    this.streams = streams;
    this.usualModel = usualModel;
  }

  /**
   * Has the job left once it is sure that there is room.
   *
   * @return answers until there is no more; knows nothing of the conversation
   */
  Runnable take(Context context, ChatSubmission submission, Supplier<Accepted> leave) {
    var model = submission.model() == null ? usualModel : submission.model();
    var delivery = submission.delivery();
    var seat = streams.take(() -> leave.get().job());
    return () ->
        seat.tell(
            context, (job, out) -> new ChatStream(store, out, new ChunkJson(job, model), delivery));
  }
}
