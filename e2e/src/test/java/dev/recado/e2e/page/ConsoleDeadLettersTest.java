package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.NeedsBroker;
import dev.recado.testing.PrivateBroker;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that no worker could read, with a real broker behind the console. */
@Tag("browser")
@Tag("soak")
@NeedsBroker
class ConsoleDeadLettersTest {
  private static final String DEAD = "task_queue.dead";

  @RegisterExtension final Harness harness = new Harness();

  private PrivateBroker broker;
  private QueueAdmin admin;
  private ConsolePage page;
  private String id;

  @BeforeEach
  void start() {
    broker = harness.own(PrivateBroker.started());
    admin = harness.own(new QueueAdmin(broker));
    var up =
        harness.up(Map.of("RABBITMQ_URL", "amqp://guest:guest@" + broker.settings().address()));
    id = up.client().submit("with a broker");
    page = harness.own(Browser.reading("en-US")).openConsole(up.uri());
  }

  @Test
  void one_that_names_a_job_is_rung_again_and_one_that_names_none_is_thrown_away() {
    page.awaitText("[data-panel=system]", "RabbitMQ, connected");
    admin.put("task_queue", "<img src=x onerror=window.pwned=1> is no ring");
    admin.put(DEAD, "{\"job_id\":\"%s\"}".formatted(id));
    eventually().until(() -> admin.ready(DEAD) == 2);

    page.go("#/dead");

    page.awaitText("#letters", "<img src=x onerror=window.pwned=1> is no ring");
    page.awaitText("#letters", id);
    assertThat(page.run("return window.pwned ?? document.querySelector('#letters img')")).isNull();
    page.deed("replay");
    page.awaitText("#told", "1 rung again; 1 left.");
    page.deed("discard");
    page.agree();
    page.awaitText("#told", "1 discarded; 0 left.");
    page.awaitText("#view", "There are no dead letters");
  }

  @Test
  void a_broker_that_is_gone_is_named() {
    page.awaitText("[data-panel=system]", "RabbitMQ, connected");

    broker.kill();

    eventually().until(() -> page.verdict().startsWith("The broker does not answer"));
    page.awaitText("[data-panel=system]", "RabbitMQ, not connected");
  }
}
