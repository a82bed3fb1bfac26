package dev.recado.worker.process;

import dev.recado.job.ClaimedJob;
import dev.recado.worker.model.ModelRequest.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Kind {@code generate}: a text in, the model's text out. */
public final class GenerateProcessor implements TextProcessor {
  private final ObjectReader reader =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // A job accepted by a newer web may carry more than this worker knows.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(Input.class);

  private record Input(
      @Nullable String text,
      @Nullable String system,
      @Nullable Integer maxTokens,
      @Nullable Double temperature) {}

  @Override
  public String kind() {
    return "generate";
  }

  @Override
  public Question ask(ClaimedJob job) {
    var input = read(job.inputJson());
    var messages = new ArrayList<Message>(2);
    if (input.system() != null) {
      messages.add(new Message("system", input.system()));
    }
    if (input.text() == null) {
      throw new IllegalArgumentException("the job has no text");
    }
    messages.add(new Message("user", input.text()));
    return new Question(List.copyOf(messages), input.maxTokens(), input.temperature());
  }

  private Input read(String json) {
    try {
      return reader.readValue(json);
    } catch (JacksonException e) {
      // Without the cause: the parser quotes the input, which must not reach a log.
      throw new IllegalArgumentException("the job's input is not a JSON object of this kind");
    }
  }
}
