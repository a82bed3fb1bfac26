package dev.recado.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.nginx.RawHttp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ComposeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @RegisterExtension static final Harness harness = new Harness();

  private ComposeStack stack;
  private ApiClient client;

  @BeforeAll
  void up() {
    stack = harness.own(ComposeStack.up(harness.folder()));
    client = stack.client();
  }

  @Test
  @Order(1)
  void the_page_is_served_and_a_job_finishes() {
    assertThat(client.get("/").body()).startsWith("<!doctype html>");

    var job = client.awaitDone(client.submit("olá, contêiner"), MINUTE);

    assertThat(job.get("status").asString()).isEqualTo("succeeded");
  }

  @ParameterizedTest
  @Order(2)
  @ValueSource(strings = {"nginx", "web", "worker", "rabbitmq"})
  void a_container_has_no_right_it_does_not_need(String service) {
    stack.containers(service).forEach(Hardening::check);
  }

  @Test
  @Order(3)
  void only_the_page_and_the_console_are_published_and_only_here() {
    var published = new TreeSet<String>();
    for (var service : List.of("nginx", "web", "worker", "rabbitmq")) {
      for (var container : stack.containers(service)) {
        for (var bindings : container.at("/NetworkSettings/Ports")) {
          bindings.forEach(binding ->
              published.add(
                  binding.get("HostIp").asString() + ":" + binding.get("HostPort").asString()));
        }
      }
    }
    assertThat(published)
        .containsExactlyInAnyOrder("127.0.0.1:" + stack.port(), "127.0.0.1:" + stack.consolePort());
  }

  @Test
  @Order(3)
  void a_name_that_is_not_this_machines_is_not_served() {
    var answer =
        new RawHttp(stack.uri())
            .send("GET /api/jobs HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 421").contains("misdirected_request");
  }

  @Test
  @Order(4)
  void the_broker_knows_no_default_user() {
    var users = stack.compose("exec", "-T", "rabbitmq", "rabbitmqctl", "-q", "list_users");

    assertThat(users).contains("recado").doesNotContain("guest", "administrator");
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(strings = {"HUGGINGFACE_API_KEY", "HF_TOKEN"})
  void the_model_key_and_the_data_are_where_they_are_used_only(String key) {
    var services = stack.config(Map.of(key, "hf_canary")).get("services");

    for (var service : services.properties()) {
      var name = service.getKey();
      var holdsKey = service.getValue().toString().contains("hf_canary");
      var mountsData = service.getValue().path("volumes").toString().contains("\"data\"");
      assertThat(holdsKey).as("the key in " + name).isEqualTo(name.equals("worker"));
      assertThat(mountsData)
          .as("the data in " + name)
          .isEqualTo(name.equals("web") || name.equals("worker"));
    }
  }

  @Test
  @Order(5)
  void a_model_server_on_this_machine_has_a_name_in_the_worker() {
    assertThat(stack.compose("exec", "-T", "worker", "getent", "hosts", "host.docker.internal"))
        .isNotBlank();
  }

  @Test
  @Order(5)
  void nginx_is_given_the_time_it_takes_to_end_what_is_under_way() {
    var nginx = stack.config(Map.of()).get("services").get("nginx");

    assertThat(nginx.get("stop_grace_period").asString()).isEqualTo("25s");
  }

  @Test
  @Order(6)
  void three_workers_share_the_work() {
    stack.compose("up", "--detach", "--wait", "--no-recreate", "--scale", "worker=3");
    assertThat(stack.containers("worker")).hasSize(3);

    var ids = IntStream.range(0, 60).mapToObj(i -> client.submit("texto " + i)).toList();

    for (var id : ids) {
      assertThat(client.awaitDone(id, MINUTE).get("status").asString()).isEqualTo("succeeded");
    }
    assertThat(stack.compose("logs", "web", "worker"))
        .as("a process sees that those in other containers live")
        .contains("slots, model at")
        .doesNotContain("has ended, with a lease");
  }

  @Test
  @Tag("soak")
  @Order(7)
  void a_worker_that_stands_still_is_unhealthy_until_it_goes_on() {
    stack.compose("kill", "--signal", "SIGSTOP", "worker");
    awaitHealth("worker", "unhealthy");

    stack.compose("kill", "--signal", "SIGCONT", "worker");

    awaitHealth("worker", "healthy");
  }

  private void awaitHealth(String service, String health) {
    await()
        .atMost(MINUTE.multipliedBy(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(stack.containers(service))
                .extracting(container -> container.at("/State/Health/Status").asString())
                .containsOnly(health));
  }

  @Test
  @Order(8)
  void a_job_outlives_web_and_broker() {
    var id = client.submit("guarda isto");
    client.awaitDone(id, MINUTE);

    stack.compose("restart", "--no-deps", "web", "rabbitmq");

    await().atMost(MINUTE).until(() -> client.get("/api/result/" + id).statusCode() == 200);
  }

  @Test
  @Order(9)
  void a_stop_is_an_orderly_end_within_25_seconds() {
    stack.compose("stop", "--timeout", "25", "worker", "web", "nginx");

    for (var service : List.of("worker", "web", "nginx")) {
      for (var container : stack.containers(service)) {
        assertThat(container.at("/State/ExitCode").asInt()).as(service).isZero();
      }
    }
  }

  @Test
  @Order(10)
  void down_with_volumes_leaves_nothing() {
    stack.compose("down", "--volumes");

    assertThat(stack.volumes()).isBlank();
  }
}
