package dev.recado.web.stream;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Surrogates;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.store.Progress;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.answer.Json;
import dev.recado.web.api.JobJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client of one job until the job ends, the client hangs up or web stops. It tells where
 * the job is, not each step: a client that was away hears of the last one only. Of the text it
 * tells all. It holds no more of it than one piece, so a client that reads slowly costs little.
 */
final class JobStream implements Teller {
  private final JobStore store;
  private final EventWriter out;
  private final JobId id;
  private @Nullable Place told;
  private Place.Text text;

  /**
   * For a client that has got so far.
   *
   * @param told where the job is, if the client knows; null otherwise
   * @param text what the client has of its text
   */
  JobStream(JobStore store, EventWriter out, JobId id, @Nullable Place told, Place.Text text) {
    this.store = store;
    this.out = out;
    this.id = id;
    this.told = told;
    this.text = text;
  }

  @Override
  public Next tell() throws IOException {
    try {
      var progress = store.progress(Tenant.DEFAULT, id, text.attempt(), text.length());
      return progress.isPresent() ? tell(progress.get()) : Next.NOTHING;
    } catch (StoreUnavailableException e) {
      // A browser sent away would come again, meet a 503, and never come back.
      return Next.LATER;
    }
  }

  private Next tell(Progress progress) throws IOException {
    if (progress.state().isTerminal()) {
      var job = store.find(Tenant.DEFAULT, id);
      if (job.isPresent()) {
        tellEnd(job.get(), progress);
      }
      return Next.NOTHING;
    }
    tellPlace(progress);
    if (progress.state() == JobState.PROCESSING) {
      tellNews(progress);
    }
    return text.length() < progress.length() ? Next.NOW : Next.LATER;
  }

  private void tellPlace(Progress progress) throws IOException {
    var place = Place.of(progress, text);
    if (told == null || !told.isAt(place)) {
      out.event("status", place, status(progress));
      told = place;
    }
  }

  private byte[] status(Progress progress) {
    var position = position(progress);
    return Json.object(json -> {
      json.writeStringProperty("job_id", id.value());
      json.writeStringProperty("status", progress.state().wireName());
      json.writeNumberProperty("attempts", progress.attempts());
      position.ifPresent(number -> json.writeNumberProperty("queue_position", number));
    });
  }

  private Optional<Long> position(Progress progress) {
    return progress.state() == JobState.QUEUED
        ? store.queuePosition(Tenant.DEFAULT, id)
        : Optional.empty();
  }

  private void tellNews(Progress progress) throws IOException {
    if (isAnothers(progress) || text.length() > progress.length()) {
      startOver(progress);
    }
    if (!progress.news().isEmpty()) {
      tellMore(progress, progress.news(), progress.stop());
    }
  }

  /** Whether what the client has was said by an earlier attempt, which came to nothing. */
  private boolean isAnothers(Progress progress) {
    return !text.isEmpty() && text.attempt() != progress.attempt();
  }

  private void startOver(Progress progress) throws IOException {
    text = Place.Text.NONE;
    var attempt = Json.object(json -> json.writeNumberProperty("attempt", progress.attempt()));
    out.event("reset", Place.begun(progress), attempt);
  }

  private void tellMore(Progress progress, String delta, int stop) throws IOException {
    text = new Place.Text(progress.attempt(), stop);
    var output = Json.object(json -> json.writeStringProperty("delta", delta));
    out.event("output", Place.of(progress, text), output);
  }

  /** An ended job does not change, so its text is that of the attempt that ended it. */
  private void tellEnd(Job job, Progress progress) throws IOException {
    var content = content(job);
    if (isAnothers(progress) || (text.length() > content.length() && !content.isEmpty())) {
      startOver(progress);
    }
    while (text.length() < content.length()) {
      var enough = Math.min(text.length() + Progress.ENOUGH, content.length());
      var stop = Surrogates.notWithin(content, enough);
      var start = Surrogates.notWithin(content, text.length());
      tellMore(progress, content.substring(start, stop), stop);
    }
    out.event("completed", Place.of(job), Json.object(json -> JobJson.writeWhole(json, job)));
  }

  private static String content(Job job) {
    var result = job.result();
    return result == null || result.content() == null ? "" : result.content();
  }
}
