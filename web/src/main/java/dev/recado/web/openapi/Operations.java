package dev.recado.web.openapi;

import static dev.recado.web.openapi.Operation.delete;
import static dev.recado.web.openapi.Operation.get;
import static dev.recado.web.openapi.Operation.post;

import java.util.List;
import java.util.stream.Stream;

/** What each route does. A route that is served and not told of here fails a test. */
final class Operations {
  private static final String NO_JOB = "There is no such job.";
  private static final String EVENTS = "text/event-stream";
  private static final String KEY = "Idempotency-Key";
  private static final String KEY_MEANS = "The same key and request: the first answer again.";
  private static final String PREFER = "wait=N: the result, if it is there in N seconds.";

  private Operations() {}

  static List<Operation> all() {
    return Stream.of(submitting(), jobs(), webhooks(), batches(), openAi(), service())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Operation> submitting() {
    var submit =
        post("/api/predict", "Leaves a text for the model")
            .header(KEY, KEY_MEANS)
            .header("Prefer", PREFER)
            .reads("Submission")
            .answers(202, "Accepted", "The job is durable.")
            .answers(200, "Result", "It ended while the request waited.")
            .refuses(422, "The key was used for another request.");
    var result =
        get("/api/result/{id}", "The answer, once it is there")
            .header("Prefer", PREFER)
            .answers(200, "Result", "The answer.")
            .answers(202, "Pending", "It waits, or runs.")
            .refuses(404, NO_JOB)
            .refuses(410, "Canceled, expired or erased.")
            .refuses(424, "It failed; code says why.");
    return List.of(submit, submit.at("/predict"), result, result.at("/result/{id}"));
  }

  private static List<Operation> jobs() {
    return List.of(
        get("/api/jobs", "The jobs, newest first")
            .query("status", "string", "Only those in this state.")
            .query("created_after", "string", "An RFC 3339 time.")
            .query("created_before", "string", "An RFC 3339 time.")
            .query("limit", "integer", "1 to 100, 20 by default.")
            .query("cursor", "string", "The next_cursor of the page before.")
            .answers(200, "JobPage", "Jobs without their texts, perhaps fewer than asked for."),
        get("/api/jobs/{id}", "A job, whole").answers(200, "Job", "The job.").refuses(404, NO_JOB),
        get("/api/jobs/{id}/events", "What happens to a job, as Server-Sent Events")
            .query("after", "string", "Resumes after this event, as Last-Event-ID does.")
            .header("Last-Event-ID", "Resumes after this event.")
            .answersOther(200, EVENTS, "status, output, reset, completed.")
            .answersOther(204, null, "There will be nothing more.")
            .refuses(404, NO_JOB),
        post("/api/jobs/{id}/cancel", "Stops a job")
            .answers(200, "Job", "It is canceled.")
            .refuses(404, NO_JOB)
            .refuses(409, "It had finished."),
        post("/api/jobs/{id}/retry", "Runs a finished job again, as a new one")
            .header(KEY, KEY_MEANS)
            .answers(202, "Accepted", "The new job is durable.")
            .refuses(404, NO_JOB)
            .refuses(409, "It has not finished.")
            .refuses(410, "Its text was erased.")
            .refuses(422, "The key was used for another request."),
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
            .refuses(404, "There is no such delivery."));
  }

  private static List<Operation> batches() {
    return List.of(
        post("/api/batches", "Leaves many texts at once, all or none")
            .header(KEY, KEY_MEANS)
            .query("deadline_seconds", "integer", "For a body of lines: application/jsonl.")
            .reads("BatchSubmission")
            .answers(202, "Batch", "The batch is durable."),
        get("/api/batches", "The batches, newest first")
            .query("limit", "integer", "1 to 100, 20 by default.")
            .query("cursor", "string", "The next_cursor of the page before.")
            .answers(200, "BatchPage", "A page of batches."),
        get("/api/batches/{id}", "How a batch stands")
            .answers(200, "Batch", "The batch.")
            .refuses(404, "There is no such batch."),
        get("/api/batches/{id}/results", "What has ended so far, a line each")
            .query("after", "integer", "Only lines after this index.")
            .answersOther(200, "application/jsonl", "A BatchLine per line.")
            .refuses(404, "There is no such batch."),
        post("/api/batches/{id}/cancel", "Ends all jobs of a batch that have not finished")
            .answers(200, "Batch", "It is canceled, or being canceled.")
            .refuses(404, "There is no such batch.")
            .refuses(409, "It had finished."));
  }

  private static List<Operation> openAi() {
    return List.of(
        post("/v1/chat/completions", "Continues a conversation, in the shape of OpenAI")
            .header(KEY, KEY_MEANS)
            .reads("ChatRequest")
            .answers(200, "ChatCompletion", "The answer; with \"stream\": true, events.")
            .refuses(400, "A field cannot be read or kept; param names it.")
            .refuses(502, "The model server refused; code says why."),
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
            .refuses(503, "It cannot; reasons says why."));
  }
}
