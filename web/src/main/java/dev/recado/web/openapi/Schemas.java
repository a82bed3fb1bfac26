package dev.recado.web.openapi;

import dev.recado.batch.Batch;
import dev.recado.delivery.Delivery;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.web.problem.FieldError.Fault;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas by name: the words of the code's enumerations, and what is written. */
final class Schemas {
  private Schemas() {}

  static ObjectNode all() {
    var schemas = JsonNodeFactory.instance.objectNode();
    schemas.set("State", words(JobState.values(), JobState::wireName));
    schemas.set("Priority", words(Priority.values(), Priority::wireName));
    schemas.set("ErrorCode", words(ErrorCode.values(), ErrorCode::wireName));
    schemas.set("BatchStatus", words(Batch.Status.values(), Schemas::inLowerCase));
    schemas.set("DeliveryStatus", words(Delivery.State.values(), Delivery.State::wireName));
    schemas.set("EndEvent", words(ends(), state -> "job." + state.wireName()));
    schemas.set("Fault", words(Fault.values(), Schemas::inLowerCase));
    schemas.setAll(Written.schemas());
    return schemas;
  }

  private static JobState[] ends() {
    return Arrays.stream(JobState.values()).filter(JobState::isTerminal).toArray(JobState[]::new);
  }

  private static String inLowerCase(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static <E> ObjectNode words(E[] values, Function<E, String> spelling) {
    var schema = JsonNodeFactory.instance.objectNode().put("type", "string");
    var words = schema.putArray("enum");
    Arrays.stream(values).map(spelling).forEach(words::add);
    return schema;
  }
}
