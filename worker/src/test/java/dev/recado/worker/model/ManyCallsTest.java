package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Completed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManyCallsTest {
  private static final int MANY = 2_000;

  @Test
  void two_thousand_calls_are_in_flight_at_once_on_a_few_threads()
      throws IOException, InterruptedException, ExecutionException {
    var threads = ManagementFactory.getThreadMXBean();
    var before = threads.getThreadCount();
    threads.resetPeakThreadCount();
    try (var server = new RawServer("");
        var client = new OpenAiCompatibleClient(ModelServer.at(server.url(), null, "m", MANY));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<ModelAnswer>>();
      for (var i = 0; i < MANY; i++) {
        answers.add(
            callers.submit(() ->
                client
                    .call(FakeProvider.request(Duration.ofSeconds(20)))
                    .await(TextListener.DEAF)));
      }

      assertThat(server.asked().tryAcquire(MANY, 15, TimeUnit.SECONDS)).isTrue();
      server.answerAll();

      for (var answer : answers) {
        assertThat(answer.get()).isInstanceOf(Completed.class);
      }
      assertThat(threads.getPeakThreadCount() - before).isLessThan(40);
    }
  }
}
