package dev.recado.web.operator;

import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.web.access.LogIn;
import dev.recado.web.access.LogOut;
import dev.recado.web.access.OperatorAccess;
import dev.recado.web.access.ReadSession;
import dev.recado.web.admission.Admission;
import dev.recado.web.input.Bodiless;
import dev.recado.web.input.OperatorBody;
import dev.recado.web.stream.EventStreams;
import dev.recado.web.stream.StreamSettings;
import dev.recado.web.wait.Sleepers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Duration;

/** What operators may ask for. A route is for operators alone unless it says otherwise. */
public final class OperatorRoutes {
  private static final String BASE = "/api/console";
  private static final StreamSettings STREAMS =
      new StreamSettings(100, LiveOverview.PERIOD, Duration.ofSeconds(15));

  private final RoutesConfig routes;
  private final OperatorAccess access;
  private final OperatorBody bodies;

  /** Adds to these what is asked for by those who may, and sent in bodies that are read there. */
  public OperatorRoutes(RoutesConfig routes, OperatorAccess access, OperatorBody bodies) {
    this.routes = routes;
    this.access = access;
    this.bodies = bodies;
  }

  /**
   * What it takes.
   *
   * @param cancel what clients cancel a job with
   * @param retry what clients retry a job with
   * @param version which Recado this is
   */
  public record Parts(
      JobStore store,
      TaskPublisher publisher,
      Admission admission,
      Sleepers sleepers,
      Handler cancel,
      Handler retry,
      String version,
      Clock clock) {}

  /** Adds all of them. */
  public void install(Parts parts) {
    access();
    overview(parts);
    jobs(parts);
    queue(parts);
    deadLetters(parts.publisher());
  }

  private void access() {
    anybody("/session", new ReadSession(access));
    routes.post(BASE + "/login", access.toAnybody(new LogIn(access, bodies)));
    routes.post(BASE + "/logout", access.toAnybody(new Bodiless(new LogOut())));
  }

  private void overview(Parts parts) {
    var overview = new Overview(parts.store(), parts.publisher(), parts.version(), parts.clock());
    get("/overview", new ReadOverview(overview));
    get("/live", new LiveOverview(new EventStreams(parts.sleepers(), STREAMS), overview));
    get("/statistics", new ReadStatistics(parts.store(), parts.clock()));
  }

  private void jobs(Parts parts) {
    get("/jobs", new ListOperatorsJobs(parts.store()));
    get("/jobs/{id}", new ReadOperatorsJob(parts.store(), parts.clock()));
    get("/jobs/{id}/texts", new ReadTexts(parts.store()));
    post("/jobs/{id}/cancel", parts.cancel());
    post("/jobs/{id}/retry", parts.retry());
    post("/retry-failed", new RetryFailed(parts.store(), parts.admission(), bodies));
  }

  private void queue(Parts parts) {
    post("/pause", new Bodiless(new PauseQueue(parts.store())));
    post("/resume", new Bodiless(new ResumeQueue(parts.store(), parts.publisher())));
  }

  private void deadLetters(TaskPublisher publisher) {
    var clear = new ClearDeadLetters(publisher, bodies);
    get("/dead", new ListDeadLetters(publisher));
    post("/dead/replay", clear::replay);
    post("/dead/discard", clear::discard);
  }

  private void anybody(String path, Handler handler) {
    routes.get(BASE + path, access.toAnybody(handler));
    routes.head(BASE + path, access.toAnybody(handler));
  }

  private void get(String path, Handler handler) {
    routes.get(BASE + path, access.toOperators(handler));
    routes.head(BASE + path, access.toOperators(handler));
  }

  private void post(String path, Handler handler) {
    routes.post(BASE + path, access.toOperators(handler));
  }
}
