package dev.recado.store.sqlite;

import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Results and errors as the text that the store keeps. */
final class OutcomeJson {
  private final ObjectWriter resultWriter;
  private final ObjectReader resultReader;
  private final ObjectWriter errorWriter;
  private final ObjectReader errorReader;

  OutcomeJson() {
    var mapper = JsonMapper.builder().build();
    resultWriter = mapper.writerFor(JobResult.class);
    resultReader = mapper.readerFor(JobResult.class);
    errorWriter = mapper.writerFor(JobError.class);
    errorReader = mapper.readerFor(JobError.class);
  }

  @Nullable String write(@Nullable JobResult result) {
    return result == null ? null : resultWriter.writeValueAsString(result);
  }

  String write(JobError error) {
    return errorWriter.writeValueAsString(error);
  }

  @Nullable JobResult readResult(@Nullable String json) {
    return json == null ? null : resultReader.<JobResult>readValue(json);
  }

  @Nullable JobError readError(@Nullable String json) {
    return json == null ? null : errorReader.<JobError>readValue(json);
  }
}
