package dev.recado.web;

import dev.recado.event.JobEvents;
import dev.recado.store.JobStore;
import dev.recado.web.stream.StreamEvents;
import dev.recado.web.stream.StreamSettings;
import dev.recado.web.wait.Sleepers;
import io.javalin.Javalin;

/** The server of web with nothing but streams, kept in another way than usual. */
record StreamServer(Javalin javalin) implements AutoCloseable {

  static StreamServer start(JobStore store, JobEvents events, StreamSettings settings) {
    var handler = new StreamEvents(store, new Sleepers(events), settings);
    return new StreamServer(
        PartOfWeb.start(routes -> routes.get("/api/jobs/{id}/events", handler)));
  }

  EventReader open(Object job, String... headers) {
    return EventReader.open(javalin.port(), "/api/jobs/" + job + "/events", headers);
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
