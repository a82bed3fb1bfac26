package dev.recado.web;

import dev.recado.job.JobIds;
import dev.recado.web.admission.Admission;
import dev.recado.web.admission.AdmissionLimits;
import dev.recado.web.admission.AdmissionMeters;
import dev.recado.web.api.Acceptance;
import dev.recado.web.api.FreshJobs;
import dev.recado.web.api.ReadResult;
import dev.recado.web.input.Bodies;
import dev.recado.web.input.ChatReader;
import dev.recado.web.openai.ChatCompletions;
import dev.recado.web.openai.StreamedAnswers;
import dev.recado.web.openai.WholeAnswers;
import dev.recado.web.stream.EventStreams;
import dev.recado.web.stream.StreamSettings;
import dev.recado.web.wait.Sleepers;
import dev.recado.web.wait.Waiters;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The server of web with nothing but chat completions, where so many may wait. */
record WaitingServer(Javalin javalin, Waiters waiters, HttpClient client) implements AutoCloseable {
  private static final AdmissionLimits AMPLE = new AdmissionLimits(1_000_000, 0);

  /** On the store of this web. */
  static WaitingServer start(RunningWeb web, int most) {
    var sleepers = new Sleepers(web.bus);
    var waiters = new Waiters(web.store, sleepers, most);
    var chat = chat(web, sleepers, waiters);
    var javalin = PartOfWeb.start(routes -> routes.post(ChatTest.CHAT, chat));
    return new WaitingServer(javalin, waiters, HttpClient.newHttpClient());
  }

  private static ChatCompletions chat(RunningWeb web, Sleepers sleepers, Waiters waiters) {
    var meters = new AdmissionMeters(web.metrics.registry());
    var admission = new Admission(web.store, AMPLE, meters);
    var fresh = new FreshJobs(web.clock, Duration.ZERO);
    var result = new ReadResult(web.store, waiters, admission, fresh);
    return new ChatCompletions(
        new ChatReader(Bodies.withinMemory()),
        new Acceptance(admission, result, Duration.ofMinutes(10)),
        new JobIds(web.clock),
        new WholeAnswers(waiters, web.clock),
        new StreamedAnswers(
            web.store, new EventStreams(sleepers, StreamSettings.usual()), "some/model"));
  }

  /** What comes of a conversation that is left under a key. */
  Answer ask(String body, String key) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + javalin.port() + ChatTest.CHAT))
            .headers("Content-Type", "application/json", "Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body));
    return new Answer(client.send(request.build(), BodyHandlers.ofString()));
  }

  @Override
  public void close() {
    waiters.close();
    javalin.stop();
    client.close();
  }
}
