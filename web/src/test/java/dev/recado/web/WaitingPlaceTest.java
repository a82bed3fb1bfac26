package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.Tenant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The places of those who wait for their answer. */
@Timeout(60)
class WaitingPlaceTest {
  private static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String HO = HI.replace("Hi", "Ho");
  private static final int SECONDS = 20;

  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    clients.shutdownNow();
  }

  @Test
  void a_conversation_that_nobody_could_wait_for_is_not_accepted() throws Exception {
    try (var server = WaitingServer.start(web, 1)) {
      var first = clients.submit(() -> server.ask(HI, "k1"));
      web.awaitQueued(1);

      var refused = server.ask(HO, "k2").expect(503);

      assertThat(refused.member("error/code")).isEqualTo("too_many_waiting");
      assertThat(refused.header("Retry-After")).hasValue("5");
      assertThat(refused.header("X-Job-Id")).isEmpty();
      assertThat(web.store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
      web.finish(Samples.success());
      first.get(SECONDS, TimeUnit.SECONDS).expect(200);
    }
  }

  @Test
  void whoever_was_answered_or_refused_keeps_no_place() throws Exception {
    try (var server = WaitingServer.start(web, 1)) {
      var first = clients.submit(() -> server.ask(HI, "k1"));
      web.awaitQueued(1);
      web.finish(Samples.success());
      first.get(SECONDS, TimeUnit.SECONDS).expect(200);

      for (var i = 0; i < 3; i++) {
        server.ask(HO, "k1").expect(422);
        server.ask(HI, "k1").expect(200);
      }
    }
  }
}
