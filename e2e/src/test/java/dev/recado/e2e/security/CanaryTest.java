package dev.recado.e2e.security;

import static dev.recado.e2e.security.Canary.KEY;
import static dev.recado.e2e.security.Canary.MESSAGE;
import static dev.recado.e2e.security.Canary.PASSWORD;
import static dev.recado.e2e.security.Canary.TEXT;
import static dev.recado.e2e.security.Canary.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.PrivateBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prompts, answers, keys and passwords are where they are needed, and nowhere else. */
@Tag("process")
@Tag("soak")
class CanaryTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** The store's log is emptied once a minute; until then an erased text may still be in it. */
  private static final Duration ERASED = Duration.ofSeconds(150);

  private static final String TAP = "tap";

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void up_tells_nobody_and_forgets_what_is_erased() {
    var up = harness.up(settings(Map.of("RECADO_LOG_FORMAT", "json")));
    var journey = new CanaryJourney(up.client());
    travel(journey);
    assertThat(inFiles(harness.folder(), "recado.db")).contains(TEXT.word());

    journey.eraseAll();

    await()
        .atMost(ERASED)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> Canary.assertNoneIn("the store", inFiles(harness.folder(), "recado.db")));
    assertQuiet(up);
  }

  @Test
  @Tag("broker")
  void web_and_worker_tell_nobody_and_the_broker_hears_of_ids_alone() {
    var broker = broker();
    var settings = settings(Map.of("RABBITMQ_URL", url(broker)));
    var web = harness.web(settings);
    var worker = harness.worker(settings);
    var tap = tap(broker);
    var journey = new CanaryJourney(web.client());

    travel(journey);
    tap.put("task_queue", "no ring but " + MESSAGE.word());
    await().atMost(BOUND).until(() -> tap.ready("task_queue.dead") == 1);
    assertThat(take(tap, TAP)).contains("job_id").satisfies(CanaryTest::tellsNothing);
    assertQuiet(worker);
    broker.stop();
    journey.end(journey.submit("tokens=1"), "succeeded");
    broker.start();
    worker.stop();
    var later = harness.own(new QueueAdmin(broker));
    var waiting = journey.submit("tokens=1");

    assertRingsHoldIdsAlone(later);
    assertQuiet(web);
    assertQuiet(worker);
    Canary.assertNoneIn("the broker's log", inFiles(broker.path(), "node.log"));

    var other = harness.worker(settings);
    journey.end(waiting, "succeeded");
    journey.eraseAll();
    other.stop();
    web.stop();
    Canary.assertNoneIn("the store", inFiles(harness.folder(), "recado.db"));
  }

  private static void travel(CanaryJourney journey) {
    journey.succeeds();
    journey.fails();
    journey.failsAtFirst();
    journey.isCanceled();
    journey.isRefused();
    journey.isLookedAt();
    journey.isOperated();
  }

  private Map<String, String> settings(Map<String, String> more) {
    var all = new HashMap<>(more);
    all.put("MODEL_URL", harness.model().url());
    all.put("HUGGINGFACE_API_KEY", KEY.word());
    all.put("RECADO_ADMIN_TOKEN", TOKEN.word());
    all.put("RECADO_LOG_LEVEL", "DEBUG");
    return all;
  }

  private PrivateBroker broker() {
    assumeTrue(PrivateBroker.isInstalled(), "rabbitmq-server is not installed");
    var broker = harness.own(PrivateBroker.started());
    broker.ctl("add_user", "recado", PASSWORD.word());
    broker.ctl("set_permissions", "recado", ".*", ".*", ".*");
    return broker;
  }

  private static String url(PrivateBroker broker) {
    return "amqp://recado:" + PASSWORD.word() + "@" + broker.settings().address();
  }

  /** Hears what web and workers tell each other. */
  private QueueAdmin tap(PrivateBroker broker) {
    await().atMost(BOUND).until(() -> broker.ctl("list_exchanges").contains("recado.events"));
    var tap = harness.own(new QueueAdmin(broker));
    tap.declare(TAP, Map.of());
    tap.bind(TAP, "recado.events");
    return tap;
  }

  private static void assertRingsHoldIdsAlone(QueueAdmin admin) {
    await().atMost(BOUND).until(() -> admin.ready("task_queue") > 0);
    assertThat(take(admin, "task_queue").lines())
        .allMatch(ring -> ring.matches("\\{\"job_id\":\"[0-9a-f-]{36}\"}"));
  }

  private static String take(QueueAdmin admin, String queue) {
    return Stream.generate(() -> admin.takeText(queue))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .collect(Collectors.joining("\n"));
  }

  private static void tellsNothing(String content) {
    Canary.assertNoneIn("a message", content);
  }

  private static void assertQuiet(RecadoProcess process) {
    Canary.assertNoneIn("the log", process.log());
    var arguments = Path.of("/proc/" + process.pid() + "/cmdline");
    if (Files.exists(arguments)) {
      Canary.assertNoneIn("the command line", read(arguments));
    }
  }

  /** All that is in the files whose names begin so. */
  private static String inFiles(Path folder, String name) {
    try (var files = Files.list(folder)) {
      var found = files.filter(file -> file.getFileName().toString().startsWith(name)).toList();
      assertThat(found).isNotEmpty();
      return found.stream().map(CanaryTest::read).collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
