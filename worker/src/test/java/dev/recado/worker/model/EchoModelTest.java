package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.JobResult;
import dev.recado.worker.model.ModelAnswer.Aborted;
import dev.recado.worker.model.ModelAnswer.Completed;
import dev.recado.worker.model.ModelRequest.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoModelTest {
  private final EchoModel echo = new EchoModel();
  private final ModelRequest request =
      new ModelRequest(
          "some/model",
          List.of(new Message("system", "be brief"), new Message("user", "Olá")),
          1,
          null,
          "c",
          Duration.ofSeconds(1));

  @Test
  void it_says_back_what_it_was_told_and_what_it_is() {
    assertThat(echo.call(request).await(TextListener.DEAF))
        .isEqualTo(new Completed(new JobResult("echo: Olá", null, null, "echo", null, "stop")));
    assertThat(echo.defaultModel()).isEqualTo("echo");
    assertThat(echo.describe()).isEqualTo("echo");
  }

  @Test
  void a_canceled_call_says_nothing() {
    var call = echo.call(request);

    call.cancel();

    assertThat(call.await(TextListener.DEAF)).isInstanceOf(Aborted.class);
  }
}
