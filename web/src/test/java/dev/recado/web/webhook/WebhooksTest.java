package dev.recado.web.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.config.Secret;
import dev.recado.delivery.Delivery.State;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.store.sqlite.SqliteJobStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders over a real store, and real receivers: dead, hanging and well. */
class WebhooksTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Clock clock = Clock.systemUTC();
  private final JobIds ids = new JobIds(clock);
  private final LocalJobEvents events = new LocalJobEvents();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final WebhookMeters meters = new WebhookMeters(new SimpleMeterRegistry());

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // by open
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("recado.db"), clock);
  }

  @AfterEach
  void close() throws Exception {
    for (var part : parts.reversed()) {
      part.close();
    }
    store.close();
  }

  private Webhooks sender(Duration call) {
    return sender(call, System::nanoTime);
  }

  private Webhooks sender(Duration call, LongSupplier nanoTime) {
    var pace = new Pace(8, 4, Duration.ofMillis(100), call, Duration.ofSeconds(2));
    var courier = new Courier(new Signer(List.of(SECRET)), Reach.ANYWHERE, pace, Dns.SYSTEM, clock);
    var webhooks = new Webhooks(store, events, clock, nanoTime, pace, courier, meters);
    webhooks.start();
    parts.add(webhooks);
    return webhooks;
  }

  private MockWebServer receiver(MockResponse always) throws IOException {
    var receiver = new MockWebServer();
    receiver.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return always;
          }
        });
    receiver.start();
    parts.add(receiver);
    return receiver;
  }

  private static MockResponse fine() {
    return new MockResponse.Builder().code(200).build();
  }

  private static MockResponse stalling() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  private List<JobId> ended(MockWebServer receiver, int jobs) {
    return IntStream.range(0, jobs).mapToObj(_ -> ended(receiver)).toList();
  }

  private JobId ended(MockWebServer receiver) {
    var id = ids.next();
    var url = receiver.url("/hook").toString();
    store.add(
        new NewJob(
            id, Tenant.DEFAULT, "generate", null, "{}", null, Duration.ofHours(1), null, url));
    store.cancel(Tenant.DEFAULT, id);
    return id;
  }

  private boolean allDelivered(List<JobId> jobs) {
    return jobs.stream()
        .flatMap(id -> store.deliveries().of(Tenant.DEFAULT, id).stream())
        .allMatch(delivery -> delivery.state() == State.DELIVERED);
  }

  @Test
  void an_error_of_the_jvm_is_not_the_end_of_it() throws IOException {
    var job = ended(receiver(fine()));
    var thrown = new AtomicBoolean();
    LongSupplier breaking =
        () -> {
          if (thrown.compareAndSet(false, true)) {
            throw new StackOverflowError("expected by this test");
          }
          return System.nanoTime();
        };

    sender(Duration.ofSeconds(5), breaking);

    await().atMost(SOON).until(() -> allDelivered(List.of(job)));
    assertThat(thrown).isTrue();
  }

  @Test
  void receivers_that_hang_hold_up_nobody_else() throws IOException {
    var dead = new ArrayList<JobId>();
    for (var i = 0; i < 3; i++) {
      dead.addAll(ended(receiver(stalling()), 50));
    }
    var well = receiver(fine());
    var jobs = ended(well, 100);

    sender(Duration.ofMinutes(1));

    await().atMost(SOON).until(() -> allDelivered(jobs));
    assertThat(well.getRequestCount()).isEqualTo(100);
    assertThat(dead)
        .allMatch(id -> store.deliveries().of(Tenant.DEFAULT, id).getFirst().lastAttempt() == null);
  }

  @Test
  void two_senders_over_one_store_send_each_message_once() throws IOException {
    var receiver = receiver(fine());
    sender(Duration.ofSeconds(15));
    sender(Duration.ofSeconds(15));

    var jobs = ended(receiver, 200);

    await().atMost(SOON).until(() -> allDelivered(jobs));
    assertThat(receiver.getRequestCount()).isEqualTo(200);
  }

  @Test
  void what_a_lost_sender_held_is_sent_when_its_time_is_over() throws IOException {
    var receiver = receiver(fine());
    var job = ended(receiver);
    var name = store.deliveries().dueReceivers(1).getFirst();
    assertThat(store.deliveries().claim(Map.of(name, 1), Duration.ofSeconds(1))).hasSize(1);

    sender(Duration.ofSeconds(15));

    await().atMost(SOON).until(() -> allDelivered(List.of(job)));
    assertThat(store.deliveries().of(Tenant.DEFAULT, job).getFirst().attempts()).isEqualTo(2);
  }

  @Test
  void a_stop_waits_for_a_call_that_is_about_to_end() throws Exception {
    var slow = receiver(new MockResponse.Builder().headersDelay(1, TimeUnit.SECONDS).build());
    var job = ended(slow);
    var webhooks = sender(Duration.ofSeconds(15));
    await().atMost(SOON).until(() -> slow.getRequestCount() == 1);

    webhooks.close();

    assertThat(allDelivered(List.of(job))).isTrue();
  }

  @Test
  void a_stop_breaks_a_hanging_call_off_and_blames_nobody() throws Exception {
    var hanging = receiver(stalling());
    var job = ended(hanging);
    var webhooks = sender(Duration.ofMinutes(1));
    await().atMost(SOON).until(() -> hanging.getRequestCount() == 1);

    webhooks.close();

    var delivery = store.deliveries().of(Tenant.DEFAULT, job).getFirst();
    assertThat(delivery.state()).isEqualTo(State.PENDING);
    assertThat(delivery.lastAttempt()).isNull();
  }
}
