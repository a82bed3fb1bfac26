package dev.recado.worker.model;

import static dev.recado.job.ErrorCode.CONTENT_FILTERED;
import static dev.recado.job.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.recado.job.ErrorCode.MODEL_NOT_FOUND;
import static dev.recado.job.ErrorCode.PROVIDER_AUTH;
import static dev.recado.job.ErrorCode.PROVIDER_BAD_REQUEST;
import static dev.recado.job.ErrorCode.PROVIDER_CREDITS_EXHAUSTED;
import static dev.recado.job.ErrorCode.PROVIDER_OVERLOADED;
import static dev.recado.job.ErrorCode.PROVIDER_PERMISSION;
import static dev.recado.job.ErrorCode.PROVIDER_RATE_LIMITED;
import static dev.recado.job.ErrorCode.PROVIDER_TIMEOUT;
import static dev.recado.worker.model.ModelAnswer.Remedy.NONE;
import static dev.recado.worker.model.ModelAnswer.Remedy.RETRY;
import static dev.recado.worker.model.ModelAnswer.Remedy.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every status and every envelope that servers are known to send, with what it means here. */
class ErrorTableTest {
  private static final String HTML = "<html><head><title>Bad</title></head></html>";

  record Row(int status, String body, ErrorCode code, Remedy remedy, List<String> headers) {
    @Override
    public String toString() {
      return status + " " + String.join(" ", headers) + " " + body;
    }
  }

  private static Row row(
      int status, String body, ErrorCode code, Remedy remedy, String... headers) {
    return new Row(status, body.replace('\'', '"'), code, remedy, List.of(headers));
  }

  static final List<Row> ROWS =
      List.of(
          // The router of HuggingFace.
          row(
              400,
              "{'error':{'message':'The requested model X is not supported by any provider you have enabled.','type':'invalid_request_error','param':'model','code':'model_not_supported'}}",
              MODEL_NOT_FOUND,
              NONE),
          row(400, "{'error':'Model not supported by provider together'}", MODEL_NOT_FOUND, NONE),
          row(401, "{'error':'Invalid username or password.'}", PROVIDER_AUTH, NONE),
          row(
              402,
              "{'error':'You have depleted your monthly included credits for Inference Providers. Subscribe to PRO'}",
              PROVIDER_CREDITS_EXHAUSTED,
              NONE),
          row(
              402,
              "{'error':{'message':'You have depleted your monthly included credits'}}",
              PROVIDER_CREDITS_EXHAUSTED,
              NONE),
          row(
              403,
              "{'error':'This authentication method does not have sufficient permissions to call Inference Providers on behalf of user X'}",
              PROVIDER_PERMISSION,
              NONE),
          row(404, "{'error':'Model X does not exist'}", MODEL_NOT_FOUND, NONE),
          row(404, "Not Found", PROVIDER_BAD_REQUEST, NONE),
          row(
              410,
              "{'error':'https://api-inference.huggingface.co is no longer supported. Please use https://router.huggingface.co instead.'}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              422,
              "{'error':'Template error: template not found','error_type':'template_error'}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              422,
              "Failed to deserialize the JSON body into the target type: missing field `messages` at line 1 column 144",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              424,
              "{'error':'Template error: template not found','error_type':'template_error'}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              424,
              "{'error':'Request failed during generation: Server error','error_type':'generation'}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(429, "{'error':'Rate limit reached'}", PROVIDER_RATE_LIMITED, WAIT),
          row(
              503,
              "{'error':'Model X is currently loading','estimated_time':20.0}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(
              503,
              "Model too busy, unable to get response in less than 120 second(s)",
              PROVIDER_OVERLOADED,
              RETRY),
          row(504, HTML, PROVIDER_TIMEOUT, RETRY),
          // OpenAI and those who speak like it.
          row(
              400,
              "{'error':{'message':'you must provide a model parameter','type':'invalid_request_error','param':null,'code':null}}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              400,
              "{'error':{'message':'This model does support 3','param':'temperature','code':400}}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              400,
              "{'error':{'message':'The model m: temperature is not supported','param':'temperature'}}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              429,
              "{'error':{'message':'Rate limit reached for requests','type':'requests','code':'rate_limit_exceeded'}}",
              PROVIDER_RATE_LIMITED,
              WAIT),
          row(
              429,
              "{'error':{'message':'You exceeded your current quota','type':'insufficient_quota','param':null,'code':'insufficient_quota'}}",
              PROVIDER_CREDITS_EXHAUSTED,
              NONE),
          row(
              429,
              "{'error':{'message':'You exceeded your current quota','type':'insufficient_quota','code':null}}",
              PROVIDER_CREDITS_EXHAUSTED,
              NONE),
          row(
              400,
              "{'error':{'message':'no','type':'invalid_request_error','code':'context_length_exceeded'}}",
              CONTEXT_LENGTH_EXCEEDED,
              NONE),
          row(
              400,
              "{'error':{'message':'Filtered','code':'content_filter'}}",
              CONTENT_FILTERED,
              NONE),
          row(
              404,
              "{'error':{'message':'The model `x` does not exist or you do not have access to it.','type':'invalid_request_error','code':'model_not_found'}}",
              MODEL_NOT_FOUND,
              NONE),
          row(
              413,
              "{'error':{'message':'Request too large for model x on tokens per minute','type':'tokens','code':'rate_limit_exceeded'}}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              400,
              "{'type':'error','error':{'type':'invalid_request_error','message':'Your credit balance is too low'}}",
              PROVIDER_CREDITS_EXHAUSTED,
              NONE),
          row(
              529,
              "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}",
              PROVIDER_OVERLOADED,
              RETRY),
          // The other envelopes.
          row(
              400,
              "{'id':'o1','error':{'message':'no','type':'invalid_request_error'}}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              400,
              "{'object':'error','message':'[{...}]','type':'BadRequestError','param':null,'code':400}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              400,
              "{'object':'error','message':'Its maximum context length is 4096 tokens. However, you requested 5000 tokens.','type':'BadRequestError','code':400}",
              CONTEXT_LENGTH_EXCEEDED,
              NONE),
          row(401, "{'message':'Unauthorized','request_id':'r1'}", PROVIDER_AUTH, NONE),
          row(
              404,
              "{'message':'no Route matched with those values','request_id':'r1'}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              422,
              "{'detail':[{'type':'missing','loc':['body','messages'],'msg':'Field required','input':{'text':'canary-prompt: why is the sky blue?'}}]}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              422,
              "{'detail':'- input: text is required\\n','status':422,'title':'Input validation failed','invalid_fields':[]}",
              PROVIDER_BAD_REQUEST,
              NONE),
          row(
              429,
              "{'detail':'Request was throttled. Your rate limit resets in ~30s.'}",
              PROVIDER_RATE_LIMITED,
              WAIT),
          row(
              503,
              "{'error':{'code':503,'message':'Loading model','type':'unavailable_error'}}",
              PROVIDER_OVERLOADED,
              RETRY),
          row(
              400,
              "{'error':{'code':400,'message':'the request exceeds the available context size, try increasing it','type':'exceed_context_size_error'}}",
              CONTEXT_LENGTH_EXCEEDED,
              NONE),
          row(
              500,
              "{'error':{'code':500,'message':'Context size has been exceeded.','type':'server_error'}}",
              CONTEXT_LENGTH_EXCEEDED,
              NONE),
          row(
              422,
              "{'error':'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000','error_type':'validation'}",
              CONTEXT_LENGTH_EXCEEDED,
              NONE),
          row(
              429,
              "[{'error':{'code':429,'message':'Resource has been exhausted','status':'RESOURCE_EXHAUSTED'}}]",
              PROVIDER_RATE_LIMITED,
              WAIT),
          row(
              404,
              "{'error':{'message':'model \\'x\\' not found, try pulling it first'}}"
                  .replace("\\'", "`"),
              MODEL_NOT_FOUND,
              NONE),
          row(
              504,
              "{'detail':'Request timed out','error_type':'request_timeout'}",
              PROVIDER_TIMEOUT,
              RETRY,
              "X-Fal-Error-Type: request_timeout"),
          row(
              504,
              "{'detail':'Request timed out'}",
              PROVIDER_TIMEOUT,
              NONE,
              "X-Fal-Request-Timeout-Type: user"),
          row(503, "{'detail':'runner'}", PROVIDER_OVERLOADED, NONE, "x-fal-no-retry: 1"),
          row(500, "", PROVIDER_OVERLOADED, NONE, "x-should-retry: false"),
          // A filter before the model. It repeats the prompt.
          row(
              403,
              "{'error':{'code':403,'message':'z/m requires moderation on p. Your input was flagged','metadata':{'reasons':['x'],'flagged_input':'canary-prompt: why is the sky blue?'}}}",
              CONTENT_FILTERED,
              NONE),
          // Nothing in them but the status.
          row(301, "", PROVIDER_BAD_REQUEST, NONE, "Location: http://127.0.0.1:1/"),
          row(307, "", PROVIDER_BAD_REQUEST, NONE, "Location: /elsewhere"),
          row(304, "", PROVIDER_BAD_REQUEST, NONE),
          row(400, "", PROVIDER_BAD_REQUEST, NONE),
          row(400, HTML, PROVIDER_BAD_REQUEST, NONE),
          row(401, "", PROVIDER_AUTH, NONE, "WWW-Authenticate: Bearer"),
          row(403, HTML, PROVIDER_PERMISSION, NONE),
          row(405, "", PROVIDER_BAD_REQUEST, NONE),
          row(408, "", PROVIDER_TIMEOUT, RETRY),
          row(409, "", PROVIDER_OVERLOADED, RETRY),
          row(410, "", PROVIDER_BAD_REQUEST, NONE),
          row(413, HTML, PROVIDER_BAD_REQUEST, NONE),
          row(418, "", PROVIDER_BAD_REQUEST, NONE),
          row(418, "", PROVIDER_BAD_REQUEST, RETRY, "x-should-retry: true"),
          row(400, "", PROVIDER_BAD_REQUEST, NONE, "x-should-retry: true"),
          row(425, "", PROVIDER_OVERLOADED, RETRY),
          row(451, "", PROVIDER_BAD_REQUEST, NONE),
          row(499, "", PROVIDER_TIMEOUT, RETRY),
          row(500, "{", PROVIDER_OVERLOADED, RETRY),
          row(501, "", PROVIDER_BAD_REQUEST, NONE),
          row(502, HTML, PROVIDER_OVERLOADED, RETRY),
          row(520, HTML, PROVIDER_OVERLOADED, RETRY),
          row(522, HTML, PROVIDER_OVERLOADED, RETRY),
          row(524, HTML, PROVIDER_TIMEOUT, RETRY));

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @ParameterizedTest
  @FieldSource("ROWS")
  void each_error_has_its_meaning(Row row) {
    provider.answers(row.status(), row.body(), row.headers().toArray(String[]::new));

    var refused = provider.askAndBeRefused();

    var error = refused.error();
    assertThat(error.code()).isEqualTo(row.code());
    assertThat(refused.remedy()).isEqualTo(row.remedy());
    assertThat(error.retryable()).isEqualTo(row.remedy() != NONE);
    assertThat(error.providerStatus()).isEqualTo(row.status());
    assertThat(error.source()).isEqualTo(JobError.Source.PROVIDER);
    assertThat(error.message())
        .startsWith(provider.url().substring("http://".length()) + " answered " + row.status())
        .hasSizeLessThanOrEqualTo(300)
        .doesNotContain("canary", "<html");
    assertThat(refused.partial()).isNull();
    assertThat(provider.calls()).isEqualTo(1);
  }

  @Test
  void a_provider_behind_another_is_heard() {
    provider.answers(
        429,
        "{\"error\":{\"message\":\"Provider returned error\",\"code\":429,\"metadata\":{\"raw\":"
            + "\"m is rate-limited upstream. Please retry shortly\",\"provider_name\":\"P\"}}}");

    assertThat(provider.askAndBeRefused().error().message())
        .endsWith("Provider returned error: m is rate-limited upstream. Please retry shortly");
  }

  @Test
  void a_page_is_told_by_its_title() {
    provider.answers(400, "<html>\n<title>The plain HTTP request was sent to HTTPS port</title>");

    assertThat(provider.askAndBeRefused().error().message())
        .endsWith("an HTML page, \"The plain HTTP request was sent to HTTPS port\"");
  }
}
