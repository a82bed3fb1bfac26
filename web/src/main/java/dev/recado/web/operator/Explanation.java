package dev.recado.web.operator;

import dev.recado.job.ErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What an error means, and what an operator does about it: for somebody who has never seen the
 * code.
 *
 * @param what the one
 * @param advice the other
 */
record Explanation(String what, String advice) {

  static Explanation of(ErrorCode code) {
    return switch (code) {
      case PROVIDER_AUTH ->
          new Explanation(
              "The model server did not accept the key.",
              "Check HUGGINGFACE_API_KEY (or HF_TOKEN) of the workers: it is missing, mistyped,"
                  + " expired or revoked, or MODEL_URL names another server. Set it, restart the"
                  + " workers, and retry the jobs that failed with this.");
      case PROVIDER_PERMISSION ->
          new Explanation(
              "The model server knows the key, and the key may not do this.",
              "Look at the rights of the key at the provider: it may be for reading only, or the"
                  + " model's terms have to be accepted there first. Or ask for another model.");
      case PROVIDER_CREDITS_EXHAUSTED ->
          new Explanation(
              "The account at the provider has no credit or quota left.",
              "Add credit or raise the limit at the provider, then retry the jobs that failed with"
                  + " this. Until then consider pausing the queue: each further job fails as well.");
      case PROVIDER_RATE_LIMITED ->
          new Explanation(
              "The provider kept answering that it gets too many requests, until the job's time was"
                  + " over.",
              "Lower RECADO_WORKER_CONCURRENCY or ask the provider for a higher limit. Jobs that"
                  + " may wait can be given a longer deadline. Retry those that failed.");
      case PROVIDER_OVERLOADED ->
          new Explanation(
              "The model server could not be reached, or answered that it cannot serve now.",
              "Look whether the server at MODEL_URL is up and reachable from the workers; a model"
                  + " that is being loaded takes minutes. Retry the jobs once it answers.");
      case PROVIDER_TIMEOUT ->
          new Explanation(
              "The model server did not answer in time, or stopped in the middle of its answer.",
              "The server may be overloaded, or the answer too long for the job's deadline: lower"
                  + " max_tokens, give more time, or lower RECADO_WORKER_CONCURRENCY. A model that"
                  + " thinks for long needs a longer RECADO_MODEL_SILENCE. Then retry.");
      case PROVIDER_BAD_REQUEST ->
          new Explanation(
              "The model server refuses this very request; asking again gives the same answer.",
              "Read the message: it says what the server objects to, such as a parameter that the"
                  + " model does not know. The client that left the job has to change it.");
      case CONTEXT_LENGTH_EXCEEDED ->
          new Explanation(
              "The text, with the answer's room (max_tokens), is longer than the model can take.",
              "The client has to shorten the text or lower max_tokens; or use a model with a longer"
                  + " context (MODEL_NAME, or model in the request).");
      case PROVIDER_BAD_RESPONSE ->
          new Explanation(
              "The model server answered with something that is not an answer, or with far too"
                  + " much.",
              "Check that MODEL_URL is the base URL of an OpenAI-compatible server, usually ending"
                  + " in /v1, and that no proxy in between answers in its place. Then retry.");
      case EMPTY_COMPLETION ->
          new Explanation(
              "The model ended well and said nothing.",
              "Some models do that when max_tokens is used up by thinking, or with texts they take"
                  + " for finished. Raise max_tokens, change the text or the model, and retry.");
      case CONTENT_FILTERED ->
          new Explanation(
              "The provider's content filter withheld the answer.",
              "Nothing is wrong with the service. The client has to change the text, or a model"
                  + " with other rules has to be used.");
      case MODEL_NOT_FOUND ->
          new Explanation(
              "The model server does not know the model that was asked for.",
              "Compare the job's model with what the server lists at MODEL_URL/models. If the job"
                  + " names none, it is MODEL_NAME of the workers. Correct it and retry.");
      case WORKER_LOST ->
          new Explanation(
              "The workers that ran the job died or stood still, five times.",
              "Look into the workers' logs for why they ended: out of memory is the usual reason,"
                  + " and a very long text or answer the usual cause. If they were killed for"
                  + " another reason, retry.");
      case DEADLINE_EXCEEDED ->
          new Explanation(
              "The job's time was over before there was a result.",
              "See in the timeline where the time went. Much of it before the claim: there are too"
                  + " few workers or slots. Much of it after: the model is slow. Or give jobs more"
                  + " time: deadline_seconds, RECADO_JOB_DEADLINE.");
    };
  }

  static void write(JsonGenerator json, @Nullable Explanation explanation) {
    if (explanation == null) {
      json.writeNullProperty("explanation");
      return;
    }
    json.writeObjectPropertyStart("explanation");
    json.writeStringProperty("what", explanation.what());
    json.writeStringProperty("do", explanation.advice());
    json.writeEndObject();
  }
}
