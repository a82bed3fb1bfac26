package dev.recado.worker.process;

import dev.recado.job.ClaimedJob;
import dev.recado.worker.model.ModelRequest.Message;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Kind {@code generate}: a text in, the model's text out. */
public final class GenerateProcessor implements TextProcessor {
  @Override
  public String kind() {
    return "generate";
  }

  @Override
  public Question ask(ClaimedJob job) {
    var input = JobInput.of(job);
    return new Question(messages(input.json()), input.maxTokens(), input.temperature());
  }

  private static List<Message> messages(ObjectNode input) {
    if (!input.path("text").isString()) {
      throw new IllegalArgumentException("the job has no text");
    }
    var text = new Message("user", input.get("text").stringValue());
    var system = input.path("system");
    return system.isString()
        ? List.of(new Message("system", system.stringValue()), text)
        : List.of(text);
  }
}
