package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Errors whose status says less than their words or codes. */
class WordingTest {
  record Row(int status, String body, Refusal meaning) {}

  private static Row row(int status, String body, Refusal meaning) {
    return new Row(status, body.replace('\'', '"'), meaning);
  }

  static final List<Row> ROWS =
      List.of(
          row(
              403,
              "{'error':{'message':'Project `p` does not have access to model `m`','type':'invalid_request_error','code':'model_not_found'}}",
              Refusal.UNKNOWN_MODEL),
          row(
              403,
              "{'error':'The model m is too large to be loaded automatically (25GB > 10GB). Please use Spaces'}",
              Refusal.UNKNOWN_MODEL),
          row(
              403,
              "{'error':{'message':'Key limit exceeded (total limit). Manage it at the settings','code':403}}",
              Refusal.CREDITS),
          row(403, "{'error':'Content violates usage guidelines. Team: t'}", Refusal.FILTERED),
          row(
              404,
              "{'error':{'message':'No endpoints found for z/m.','code':404}}",
              Refusal.UNKNOWN_MODEL),
          row(
              404,
              "{'error':{'code':'DeploymentNotFound','message':'The API deployment for this resource does not exist.'}}",
              Refusal.UNKNOWN_MODEL),
          row(
              400,
              "{'error':'No models loaded. Please load a model in the developer page'}",
              Refusal.UNKNOWN_MODEL),
          row(
              503,
              "{'error':{'message':'no channel for model m','type':'new_api_error','code':'model_not_found'}}",
              Refusal.UNKNOWN_MODEL),
          row(503, "{'error':'Model m is not available just now'}", Refusal.OVERLOADED),
          row(
              429,
              "{'error':{'message':'Request too large for m on tokens per min (TPM): Limit 30000, Requested 50000.','type':'tokens','code':'rate_limit_exceeded'}}",
              Refusal.BAD_REQUEST),
          row(
              429,
              "{'error':{'message':'You exceeded your current quota, please check your plan and billing details. Please retry in 34.07s','status':'RESOURCE_EXHAUSTED','code':429}}",
              Refusal.THROTTLED),
          row(
              429,
              "{'error':{'message':'Your account is suspended','type':'exceeded_current_quota_error'}}",
              Refusal.CREDITS),
          row(
              400,
              "{'error':{'message':'Budget has been exceeded! Current cost: 0.1','type':'budget_exceeded','param':null,'code':'400'}}",
              Refusal.CREDITS),
          row(
              400,
              "{'error':{'message':'Invalid prompt: your prompt was flagged as potentially violating our usage policy.','code':'invalid_prompt'}}",
              Refusal.FILTERED),
          row(
              400,
              "{'error':{'message':'Content Exists Risk','type':'invalid_request_error'}}",
              Refusal.FILTERED),
          row(
              400,
              "{'error':{'message':'Input data may contain inappropriate content.','code':'data_inspection_failed'}}",
              Refusal.FILTERED),
          row(
              400,
              "{'object':'error','message':'The decoder prompt (length 5000) is longer than the maximum model length of 4096.','type':'BadRequestError','code':400}",
              Refusal.CONTEXT_LENGTH),
          row(
              400,
              "{'error':{'message':'Input prompt (5000 tokens) is too long and exceeds limit of 4096'}}",
              Refusal.CONTEXT_LENGTH),
          row(
              400,
              "{'error':'Trying to keep the first 7513 tokens when context the overflows. However, the model is loaded with less'}",
              Refusal.CONTEXT_LENGTH),
          row(
              400,
              "{'error':{'message':'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000'}}",
              Refusal.CONTEXT_LENGTH),
          row(
              400,
              "{'error':'This model`s maximum prompt length is 131072 but the request contains 200000 tokens.'}",
              Refusal.CONTEXT_LENGTH),
          row(
              500,
              "{'error':{'code':500,'message':'input is too large to process. increase the physical batch size'}}",
              Refusal.CONTEXT_LENGTH),
          row(503, "{'error':'Your request took too long and was dropped'}", Refusal.OVERLOADED),
          row(
              400,
              "{'error':{'message':'Provider returned error','code':400,'metadata':{'raw':'{\\'error\\':{\\'message\\':\\'no\\',\\'code\\':\\'context_length_exceeded\\'}}','provider_name':'P'}}}",
              Refusal.CONTEXT_LENGTH),
          row(
              400,
              "\uFEFF{'error':{'message':'no','code':'context_length_exceeded'}}",
              Refusal.CONTEXT_LENGTH),
          row(
              429,
              "data: {'error':{'message':'no','code':'insufficient_quota'}}\n\n",
              Refusal.CREDITS),
          row(400, "{'Message':'model m not found'}", Refusal.UNKNOWN_MODEL));

  @ParameterizedTest
  @FieldSource("ROWS")
  void the_words_tell_what_the_status_does_not(Row row) {
    assertThat(Diagnosis.of(row.status(), ErrorEnvelope.inBody(row.body())))
        .isEqualTo(row.meaning());
  }
}
