package dev.recado.web.openapi;

import static dev.recado.web.openapi.Answer.RETRY_AFTER;
import static dev.recado.web.openapi.Operation.delete;
import static dev.recado.web.openapi.Operation.get;
import static dev.recado.web.openapi.Operation.post;

import java.util.List;
import java.util.stream.Stream;

/** What each route does. A route that is served and not told of here fails a test. */
final class Operations {
  private static final String NO_JOB = "There is no such job.";
  private static final String NO_BATCH = "There is no such batch.";
  private static final String EVENTS = "text/event-stream";
  private static final String KEY = "Idempotency-Key";
  private static final String KEY_MEANS = "The same key and request: the first answer again.";
  private static final String KEY_REUSED = "The key was used for another request.";
  private static final String PREFER = "Prefer";
  private static final String PREFER_MEANS = "wait=N: the result, if it is there in N seconds.";
  private static final String LINES = "A BatchRequest per line.";

  // Headers of answers.
  private static final String LOCATION = "Location";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final String APPLIED = "Preference-Applied";
  private static final String SHOULD_RETRY = "x-should-retry";
  private static final String JOB_ID = "X-Job-Id";

  private Operations() {}

  static List<Operation> all() {
    return Stream.of(submitting(), jobs(), webhooks(), batches(), openAi(), service())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Operation> submitting() {
    var submit = leaving(post("/api/predict", "Leaves a text for the model").reads("Submission"));
    var result =
        get("/api/result/{id}", "The answer, once it is there")
            .header(PREFER, "Prefer", PREFER_MEANS)
            .answers(200, "Result", "The answer.")
            .answers(202, "Pending", "It waits, or runs.", RETRY_AFTER)
            .refuses(410, "Canceled, expired or erased.", SHOULD_RETRY)
            .refuses(424, "It failed; code says why.", SHOULD_RETRY)
            .mayTell(APPLIED)
            .refuses(404, NO_JOB);
    return List.of(submit, submit.at("/predict"), result, result.at("/result/{id}"));
  }

  /** Whoever leaves a job may wait for its end. */
  private static Operation leaving(Operation submit) {
    return submit
        .header(KEY, "IdempotencyKey", KEY_MEANS)
        .header(PREFER, "Prefer", PREFER_MEANS)
        .answers(202, "Accepted", "The job is durable.", LOCATION, RETRY_AFTER)
        .answers(200, "Result", "It ended while the request waited.")
        .refuses(410, "Canceled, expired or erased.", SHOULD_RETRY)
        .refuses(424, "It failed while the request waited; code says why.", SHOULD_RETRY)
        .mayTell(REPLAYED, APPLIED)
        .refuses(422, KEY_REUSED);
  }

  private static List<Operation> jobs() {
    return List.of(
        get("/api/jobs", "The jobs, newest first")
            .query("status", "State", "Only those in this state.")
            .query("created_after", "Time", "Only those left after this time.")
            .query("created_before", "Time", "Only those left before this time.")
            .query("limit", "PageLength", "How many at most.")
            .query("cursor", "Cursor", "The next_cursor of the page before.")
            .answers(200, "JobPage", "Jobs without their texts, perhaps fewer than asked for."),
        get("/api/jobs/{id}", "A job, whole").answers(200, "Job", "The job.").refuses(404, NO_JOB),
        get("/api/jobs/{id}/events", "What happens to a job, as Server-Sent Events")
            .query("after", "EventId", "Resumes after this event, as Last-Event-ID does.")
            .header("Last-Event-ID", "EventId", "Resumes after this event.")
            .answersOther(
                200,
                EVENTS,
                "status (StatusEvent), output (OutputEvent), reset (ResetEvent), completed (Job).")
            .answersOther(204, null, "There will be nothing more.")
            .refuses(404, NO_JOB),
        post("/api/jobs/{id}/cancel", "Stops a job")
            .answers(200, "Job", "It is canceled.")
            .refuses(404, NO_JOB)
            .refuses(409, "It had finished."),
        leaving(post("/api/jobs/{id}/retry", "Runs a finished job again, as a new one"))
            .refuses(404, NO_JOB)
            .refuses(409, "It has not finished."),
        delete("/api/jobs/{id}", "Erases a job's texts")
            .answersOther(204, null, "They are gone.")
            .refuses(404, NO_JOB)
            .refuses(409, "It has not finished."));
  }

  private static List<Operation> webhooks() {
    return List.of(
        get("/api/jobs/{id}/deliveries", "What became of a job's webhook")
            .answers(200, "Deliveries", "Its deliveries.")
            .refuses(404, NO_JOB),
        post("/api/jobs/{id}/deliveries/{delivery}/replay", "Sends a webhook once more")
            .answers(202, "Delivery", "It will be sent.")
            .refuses(404, "There is no such delivery.")
            .refuses(409, "This server sends no webhooks."));
  }

  private static List<Operation> batches() {
    return List.of(
        post("/api/batches", "Leaves many texts at once, all or none")
            .header(KEY, "IdempotencyKey", KEY_MEANS)
            .query("deadline_seconds", "DeadlineSeconds", "For a body of lines.")
            .reads("BatchSubmission")
            .readsOther("application/jsonl", LINES)
            .readsOther("application/x-ndjson", LINES)
            .readsOther("application/x-jsonlines", LINES)
            .answers(202, "Batch", "The batch is durable.", LOCATION, RETRY_AFTER)
            .mayTell(REPLAYED)
            .refuses(422, KEY_REUSED),
        get("/api/batches", "The batches, newest first")
            .query("limit", "PageLength", "How many at most.")
            .query("cursor", "Cursor", "The next_cursor of the page before.")
            .answers(200, "BatchPage", "A page of batches."),
        get("/api/batches/{id}", "How a batch stands")
            .answers(200, "Batch", "The batch.")
            .refuses(404, NO_BATCH),
        get("/api/batches/{id}/results", "What has ended so far, a line each")
            .query("after", "LineIndex", "Only lines after this index.")
            .answersOther(200, "application/jsonl", "A BatchLine per line.")
            .refuses(404, NO_BATCH),
        post("/api/batches/{id}/cancel", "Ends all jobs of a batch that have not finished")
            .answers(200, "Batch", "It is canceled, or being canceled.")
            .refuses(404, NO_BATCH)
            .refuses(409, "It had finished."));
  }

  private static List<Operation> openAi() {
    return List.of(
        post("/v1/chat/completions", "Continues a conversation, in the shape of OpenAI")
            .header(KEY, "IdempotencyKey", KEY_MEANS)
            .reads("ChatRequest")
            .answers(200, "ChatCompletion", "The answer.")
            .answersOther(
                200,
                EVENTS,
                "With \"stream\": true, events: ChatChunks and [DONE], or an OpenAiError.")
            .refuses(400, "A field cannot be read or kept; param names it.", SHOULD_RETRY)
            .refuses(404, "The model server does not know the model.", SHOULD_RETRY)
            .refuses(410, "The job was canceled or erased.", SHOULD_RETRY)
            .refuses(500, "The job's workers were lost, or a mistake.", SHOULD_RETRY)
            .refuses(502, "The model server refused, or made no sense.", SHOULD_RETRY)
            .refuses(
                503, "No room, the model server is too busy, or the job goes on.", SHOULD_RETRY)
            .refuses(504, "There was no answer in time.", SHOULD_RETRY)
            .mayTell(JOB_ID, REPLAYED, RETRY_AFTER)
            .refuses(422, KEY_REUSED),
        get("/v1/models", "The model of jobs that name none")
            .answers(200, "ModelList", "A list of one."),
        get("/v1/models/{model}", "A model")
            .answers(200, "Model", "The model.")
            .refuses(404, "It is not listed."));
  }

  private static List<Operation> service() {
    return List.of(
        get("/api/queue", "What waits, what runs, who works").answers(200, "Queue", "The queue."),
        get("/api", "A greeting").answersOther(200, "text/plain", "Hello, World!"),
        get("/", "A greeting, or the page").answersOther(200, "text/plain", "Hello, World!"),
        get("/healthz", "Whether the process lives").answers(200, "Health", "It does."),
        get("/readyz", "Whether it can take jobs")
            .answers(200, "Health", "It can.")
            .refuses(503, "It cannot; reasons says why.", RETRY_AFTER));
  }
}
