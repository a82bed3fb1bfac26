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
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ManyCallsTest {
  private static final int MANY = 2_000;
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void calls_that_wait_for_their_answer_hold_no_buffer() throws Exception {
    try (var server = new RawServer("");
        var client = new OpenAiCompatibleClient(ModelServer.at(server.url(), null, "m", MANY));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < MANY; i++) {
        callers.execute(() -> client.call(FakeProvider.request(LONG)).await(TextListener.DEAF));
      }
      assertThat(server.asked().tryAcquire(MANY, 15, TimeUnit.SECONDS)).isTrue();

      assertThat(living("okhttp3.internal.http1.Http1ExchangeCodec")).isGreaterThanOrEqualTo(MANY);
      assertThat(living("okio.Segment")).isLessThan(MANY / 10);

      server.answerAll();
    }
  }

  /** How many objects of a class there are, garbage left out. */
  private static long living(String type) throws JMException {
    var histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length >= 4 && columns[3].equals(type))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .sum();
  }

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
            callers.submit(() -> client.call(FakeProvider.request(LONG)).await(TextListener.DEAF)));
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
