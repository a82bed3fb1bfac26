package dev.recado.worker.process;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobResult;
import dev.recado.worker.model.ModelRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one kind of job asks the model, and how it reads the answer. Stateless and thread-safe. */
public interface TextProcessor {

  /** The kind of job this one takes. */
  String kind();

  /**
   * What to ask.
   *
   * @throws IllegalArgumentException if the job's input is not what this kind needs
   */
  Question ask(ClaimedJob job);

  /**
   * What the answer means; for most kinds, what it says. Its content has to stay: clients may have
   * read it while it came in.
   */
  default JobResult read(JobResult answer) {
    return answer;
  }

  /**
   * The part of a model request that the kind decides.
   *
   * @param messages the conversation
   * @param maxTokens the longest answer wanted, or null
   * @param temperature how freely to choose words, or null
   * @param options as in {@link ModelRequest#options}
   */
  record Question(
      List<ModelRequest.Message> messages,
      @Nullable Integer maxTokens,
      @Nullable Double temperature,
      ObjectNode options) {
    /** A question with no other options. */
    public Question(
        List<ModelRequest.Message> messages,
        @Nullable Integer maxTokens,
        @Nullable Double temperature) {
      this(messages, maxTokens, temperature, JsonNodeFactory.instance.objectNode());
    }

    /** A question does not change. */
    public Question {
      messages = List.copyOf(messages);
    }
  }
}
