package dev.recado.worker.model;

import static dev.recado.job.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.recado.job.ErrorCode.PROVIDER_AUTH;
import static dev.recado.job.ErrorCode.PROVIDER_BAD_REQUEST;
import static dev.recado.job.ErrorCode.PROVIDER_BAD_RESPONSE;
import static dev.recado.job.ErrorCode.PROVIDER_CREDITS_EXHAUSTED;
import static dev.recado.job.ErrorCode.PROVIDER_OVERLOADED;
import static dev.recado.job.ErrorCode.PROVIDER_RATE_LIMITED;
import static dev.recado.job.ErrorCode.PROVIDER_TIMEOUT;
import static dev.recado.worker.model.ModelAnswer.Remedy.NONE;
import static dev.recado.worker.model.ModelAnswer.Remedy.RETRY;
import static dev.recado.worker.model.ModelAnswer.Remedy.RETRY_ONCE;
import static dev.recado.worker.model.ModelAnswer.Remedy.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Errors after a status 200, in the middle of a stream. */
class StreamedErrorTest {
  private static final String BEGUN = "data: {\"choices\":[{\"delta\":{\"content\":\"He\"}}]}\n\n";

  record Row(String frame, ErrorCode code, Remedy remedy) {}

  private static Row row(String frame, ErrorCode code, Remedy remedy) {
    return new Row(frame.replace('\'', '"'), code, remedy);
  }

  static final List<Row> ROWS =
      List.of(
          row(
              "data:{'error':{'message':'Input validation','http_status_code':422}}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              "data:{'error':{'message':'busy','http_status_code':503}}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(
              "data: {'error':{'message':'Request failed during generation','http_status_code':424},'error_type':'generation'}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(
              "data: {'error':'Request failed during generation','error_type':'generation'}",
              PROVIDER_OVERLOADED,
              RETRY),
          row("data: {'error':{'message':'Rate limit','code':429}}", PROVIDER_RATE_LIMITED, WAIT),
          row("data: {'error':{'message':'Rate limit','code':'429'}}", PROVIDER_RATE_LIMITED, WAIT),
          row(
              "data: {'error':{'message':'quota','type':'insufficient_quota','code':'insufficient_quota'}}",
              PROVIDER_CREDITS_EXHAUSTED,
              NONE),
          row(
              "data: {'error':{'message':'slow down','type':'rate_limit_error'}}",
              PROVIDER_RATE_LIMITED,
              WAIT),
          row(
              "event: error\ndata: {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(
              "data: {'error':{'message':'x','type':'server_error'},'choices':[{'delta':{'content':''},'finish_reason':'error'}]}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(
              "data: {'choices':[{'delta':{'content':''},'finish_reason':'error','error':{'code':502,'message':'upstream'}}]}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(
              "data: {'object':'error','message':'bad','type':'BadRequestError','code':400}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              "data: {'error':{'message':'no','code':'context_length_exceeded'}}",
              CONTEXT_LENGTH_EXCEEDED,
              NONE),
          row("data: {'error':{'message':'who','code':'invalid_api_key'}}", PROVIDER_AUTH, NONE),
          row(
              "data: {'detail':'timed out','error_type':'request_timeout'}",
              PROVIDER_TIMEOUT,
              RETRY),
          row(
              "data: {'error':{'message':'x','type':'upstream_error'}}",
              PROVIDER_OVERLOADED,
              RETRY),
          row("data: {'error':'Rate limit reached'}", PROVIDER_RATE_LIMITED, WAIT),
          row("data: {'error':'something broke'}", PROVIDER_BAD_RESPONSE, RETRY_ONCE),
          row(
              "{'error':'an error was encountered while running the model: unexpected EOF'}",
              PROVIDER_BAD_RESPONSE,
              RETRY_ONCE),
          row("error: {'message':'upstream went away'}", PROVIDER_BAD_RESPONSE, RETRY_ONCE),
          row("event: error\ndata: upstream went away", PROVIDER_BAD_RESPONSE, RETRY_ONCE),
          row("data: {'message':'internal','request_id':'r'}", PROVIDER_BAD_RESPONSE, RETRY_ONCE));

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @ParameterizedTest
  @FieldSource("ROWS")
  void each_error_has_its_meaning_and_what_came_before_is_kept(Row row) {
    provider.streams(BEGUN + row.frame() + "\n\ndata: [DONE]\n\n");

    var refused = provider.askAndBeRefused();

    assertThat(refused.error().code()).isEqualTo(row.code());
    assertThat(refused.remedy()).isEqualTo(row.remedy());
    assertThat(refused.error().message()).contains(" broke off with an error");
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isEqualTo("He");
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void each_error_has_its_meaning_as_the_first_frame(Row row) {
    provider.streams(": hello\n\n" + row.frame() + "\n\n");

    var bareJson = row.frame().startsWith("{");
    var refused = provider.askAndBeRefused();
    assertThat(refused.error().code()).isEqualTo(bareJson ? PROVIDER_BAD_RESPONSE : row.code());
    assertThat(refused.remedy()).isEqualTo(row.remedy());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'error':{'message':'quota','code':429,'details':[{'retryDelay':'34s'}]}} | PT34S
          {'error':'Model is currently loading','estimated_time':20.5}              | PT20.5S
          {'error':{'message':'no','code':'context_length_exceeded'}}               |
          """)
  void the_wait_it_names_is_kept_and_that_of_the_headers_is_not(String error, Duration wait) {
    var frame = BEGUN + "data: " + error.replace('\'', '"') + "\n\n";
    provider.answers(200, frame, "Content-Type: text/event-stream", "Retry-After: 7");

    assertThat(provider.askAndBeRefused().retryAfter()).isEqualTo(wait);
  }
}
