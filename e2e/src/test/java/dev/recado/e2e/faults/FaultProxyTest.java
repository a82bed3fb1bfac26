package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.e2e.model.FakeModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The line does what it is told: a fault that does not happen would prove nothing. */
@Tag("process")
class FaultProxyTest {
  private final FakeModel server = FakeModel.start();
  private final FaultProxy line = FaultProxy.to(server.port());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() throws IOException {
    client.shutdownNow();
    line.close();
    server.close();
  }

  @Test
  void a_good_line_passes_everything_on() throws Exception {
    assertThat(get().body()).contains("fake");
    assertThat(line.hurt()).isZero();
  }

  @Test
  void a_slow_line_takes_its_time() throws Exception {
    line.become(new Ailment.Latency(Duration.ofMillis(200)));
    var begun = System.nanoTime();

    assertThat(get().body()).contains("fake");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void a_black_hole_swallows_what_is_sent() {
    line.become(new Ailment.Blackhole());

    assertThatThrownBy(this::get).isInstanceOf(HttpTimeoutException.class);
    assertThat(line.hurt()).isPositive();
  }

  @Test
  void a_line_that_resets_cuts_old_and_new_connections() throws Exception {
    get();
    line.become(new Ailment.Reset());

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
  }

  @Test
  void a_cut_line_ends_within_the_answer() {
    line.become(new Ailment.CutAfter(10));

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
  }

  @Test
  void garbage_is_no_http() {
    line.become(new Ailment.Garbage());

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
  }

  @Test
  void a_half_closed_line_ends_without_an_answer() {
    line.become(new Ailment.HalfClosed());

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
  }

  @Test
  void a_line_gets_well_again() throws Exception {
    line.become(new Ailment.Reset());
    assertThatThrownBy(this::get).isInstanceOf(IOException.class);

    line.become(new Ailment.None());

    assertThat(get().statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get() throws Exception {
    var uri = URI.create("http://127.0.0.1:" + line.port() + "/v1/models");
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2));
    return client.send(
        request.version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());
  }
}
