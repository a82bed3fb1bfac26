package dev.recado.worker.model;

import dev.recado.lifecycle.FailPoint;
import dev.recado.worker.model.ModelAnswer.Completed;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a success, be it a stream or one document: by what it is, not by what it is called. A
 * stream has ended well at {@code [DONE]}, with or without a {@code finish_reason}, or at its end
 * after a {@code finish_reason}; all else is a truncated answer.
 */
final class AnswerReader {
  private static final ByteString BYTE_ORDER_MARK = ByteString.decodeHex("efbbbf");
  private static final Set<String> FILTERED =
      Set.of(
          "safety",
          "sensitive",
          "prohibited_content",
          "recitation",
          "blocklist",
          "spii",
          "refusal",
          "guardrail_intervened");
  private static final Set<String> BROKEN =
      Set.of(
          "error",
          "abort",
          "aborted",
          "canceled",
          "cancelled",
          "failed",
          "timeout",
          "network_error",
          "insufficient_system_resource");

  private final Response response;
  private final AnswerLimits limits;
  private final Duration ending;
  private final Refusals refusals;
  private final NetworkFailures failures;
  private final AnswerDraft draft;
  private final TextListener listener;

  AnswerReader(
      Response response,
      ModelServer server,
      Refusals refusals,
      NetworkFailures failures,
      AnswerDraft draft,
      TextListener listener) {
    this.response = response;
    this.limits = server.limits();
    this.ending = server.patience().ending();
    this.refusals = refusals;
    this.failures = failures;
    this.draft = draft;
    this.listener = listener;
  }

  ModelAnswer read() {
    try {
      var body = new CappedSource(response.body().source(), limits.streamBytes());
      return read(Okio.buffer(body));
    } catch (AnswerTooLargeException e) {
      return refused(Refusal.TOO_LARGE, "with " + e.getMessage(), null);
    } catch (IOException e) {
      // Whatever breaks after the reason for stopping, the answer was complete.
      return draft.isFinished() ? conclusion() : interrupted(e);
    }
  }

  private ModelAnswer read(BufferedSource body) throws IOException {
    return switch (firstCharacter(body)) {
      case '{', '[' -> document(body);
      case '<' -> refused(Refusal.NONSENSE, "with an HTML page", null);
      default -> stream(body);
    };
  }

  private static char firstCharacter(BufferedSource body) throws IOException {
    if (body.rangeEquals(0, BYTE_ORDER_MARK)) {
      body.skip(BYTE_ORDER_MARK.size());
    }
    while (body.request(1)) {
      var first = (char) body.getBuffer().getByte(0);
      if (!Character.isWhitespace(first)) {
        return first;
      }
      body.skip(1);
    }
    return 0;
  }

  private ModelAnswer document(BufferedSource body) throws IOException {
    var first = new FirstDocument(body, limits.documentBytes());
    var json = first.read();
    if (json == null || isPiece(json)) {
      return stream(body);
    }
    if (isAnswer(json)) {
      hurry(body);
    }
    if (first.isAlone()) {
      return document(json);
    }
    // Several documents, one to a line: a stream without its "data:", and not about to end.
    body.timeout().clearDeadline();
    return stream(body);
  }

  /** Whether this is surely all that we wait for. A text alone may be one of many. */
  private static boolean isAnswer(JsonNode json) {
    var choice = json.path("choices").path(0);
    return choice.path("message").isObject()
        || AnswerDraft.reason(choice) != null
        || errorIn(json) != null;
  }

  /** Whether more is to come: neither is this all of a message, nor has it stopped. */
  private static boolean isPiece(JsonNode json) {
    var choice = json.path("choices").path(0);
    return choice.path("delta").isObject()
        && !choice.path("message").isObject()
        && !choice.path("text").isString()
        && AnswerDraft.reason(choice) == null;
  }

  private ModelAnswer document(JsonNode json) throws AnswerTooLargeException {
    var error = errorIn(json);
    if (error != null) {
      var words = "with an error: " + refusals.words(error);
      return refused(Refusal.NONSENSE, words, null);
    }
    draft.add(json);
    return whole();
  }

  private ModelAnswer stream(BufferedSource body) throws IOException {
    var lines = new LineReader(body, limits.documentBytes());
    var frames = new FrameReader(lines, limits.documentBytes());
    var seen = 0;
    for (var frame = frames.next(); frame != null; frame = frames.next()) {
      var end = take(frame);
      if (end != null) {
        return end;
      }
      tellNews();
      if (!draft.isFinished()) {
        body.timeout().clearDeadline();
      } else if (!body.timeout().hasDeadline()) {
        hurry(body);
      }
      seen++;
      FailPoint.MID_STREAM.reached();
    }
    return seen == 0 && (frames.sawStrangeLines() || !isEventStream())
        ? refused(Refusal.NONSENSE, "with neither JSON nor an event stream", null)
        : endOfStream();
  }

  /**
   * The answer is there. A server that then forgets to hang up, or goes on with pings, must not
   * keep it from its client.
   */
  private void hurry(BufferedSource body) {
    body.timeout().deadline(ending.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void tellNews() {
    var news = draft.news();
    if (!news.isEmpty()) {
      listener.hear(news);
    }
  }

  /** Takes a frame in; an answer means that it was the last one. */
  private @Nullable ModelAnswer take(Frame frame) throws AnswerTooLargeException {
    if (frame.isDone()) {
      return whole();
    }
    var json = frame.json();
    if (frame.isNamedError() || (json != null && errorIn(json) != null)) {
      return unlessFinished(refusals.inStream(response.headers(), error(frame), draft.partial()));
    }
    if (json != null) {
      draft.add(json);
      return null;
    }
    return frame.isNoise() ? null : unlessFinished(unreadable(frame));
  }

  /** What goes wrong after the reason for stopping takes nothing from the answer. */
  private ModelAnswer unlessFinished(ModelAnswer refusal) {
    return draft.isFinished() && conclusion() instanceof Completed whole ? whole : refusal;
  }

  private static ProviderError error(Frame frame) {
    var json = frame.json();
    return json == null ? ErrorEnvelope.inBody(frame.data()) : errorOf(json);
  }

  private static ProviderError errorOf(JsonNode json) {
    var error = errorIn(json);
    return error == null ? ErrorEnvelope.in(json) : error;
  }

  private static @Nullable ProviderError errorIn(JsonNode json) {
    var choice = json.path("choices").path(0);
    if (ErrorEnvelope.isError(json)) {
      return ErrorEnvelope.in(json);
    }
    return ErrorEnvelope.says(choice.path("error")) ? ErrorEnvelope.in(choice) : null;
  }

  private ModelAnswer unreadable(Frame frame) {
    return frame.whole()
        ? refused(Refusal.NONSENSE, "with a frame that is no JSON", draft)
        : endOfStream();
  }

  private ModelAnswer endOfStream() {
    return draft.isStopped() ? conclusion() : truncated("and stopped in the middle");
  }

  private ModelAnswer truncated(String how) {
    return refused(Refusal.TRUNCATED, how, draft);
  }

  private ModelAnswer interrupted(IOException e) {
    return refused(failures.midway(e), "and then " + NetworkFailures.words(e), draft);
  }

  private ModelAnswer whole() {
    return draft.isAnswered()
        ? conclusion()
        : refused(Refusal.NONSENSE, "without any choices", draft);
  }

  private ModelAnswer conclusion() {
    var reason = draft.finishReason() == null ? "" : draft.finishReason().toLowerCase(Locale.ROOT);
    var why = reason.isEmpty() ? "" : " (finish_reason " + reason + ")";
    // Some add the filter's name: "content_filter: RECITATION".
    if (reason.startsWith("content_filter") || FILTERED.contains(reason)) {
      return refused(Refusal.FILTERED, "and its filter stopped the answer" + why, draft);
    }
    if (BROKEN.contains(reason)) {
      return refused(Refusal.OVERLOADED, "and gave up" + why, draft);
    }
    if (draft.hasNamelessCall()) {
      return refused(Refusal.NONSENSE, "with arguments for a tool that it does not name", draft);
    }
    if (!draft.isEmpty()) {
      return new Completed(draft.result());
    }
    return draft.isDeclined()
        ? refused(Refusal.FILTERED, "and the model declined" + why, draft)
        : refused(Refusal.EMPTY, "without a text" + why, draft);
  }

  private ModelAnswer refused(Refusal refusal, String why, @Nullable AnswerDraft partial) {
    var soFar = partial == null ? null : partial.partial();
    return refusals.noAnswer(refusal, response.code(), response.headers(), why, soFar);
  }

  private boolean isEventStream() {
    var type = response.header("content-type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }
}
