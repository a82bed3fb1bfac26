package dev.recado.web.openapi;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.web.openapi.Operation.Answer;
import dev.recado.web.openapi.Operation.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the routes that are served, as an OpenAPI 3.1 document. It is put together
 * from what the code knows: the routes, what they do, and the words of its enumerations. Immutable.
 */
public final class ApiDescription {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SCHEMAS = "schemas.json";

  private final List<Operation> operations;

  /**
   * Describes these.
   *
   * @param served as {@code GET /path/{parameter}}
   */
  public ApiDescription(Set<String> served) {
    this.operations =
        Operations.all().stream()
            .filter(operation -> served.contains(operation.method() + " " + operation.path()))
            .toList();
  }

  List<Operation> operations() {
    return operations;
  }

  /** The document. */
  byte[] document() {
    var document = object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Recado")
        .put("summary", "Leave a text for a language model, and collect the answer.")
        .put("version", "0.1.0")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    var paths = document.putObject("paths");
    operations.forEach(operation ->
        paths
            .withObjectProperty(operation.path())
            .set(operation.method().toLowerCase(Locale.ROOT), describe(operation)));
    document.putObject("components").set("schemas", schemas());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
  }

  private static ObjectNode describe(Operation operation) {
    var described = object().put("summary", operation.summary());
    var parameters = described.putArray("parameters");
    operation.inPath().forEach(name -> parameters.add(parameter(name, "path", "string", true)));
    operation.parameters().forEach(parameter -> parameters.add(describe(parameter)));
    if (operation.body() != null) {
      described
          .putObject("requestBody")
          .put("required", true)
          .putObject("content")
          .set(Operation.JSON, content(operation.body()));
    }
    var responses = described.putObject("responses");
    operation
        .answers()
        .forEach(answer -> responses.set(Integer.toString(answer.status()), describe(answer)));
    responses.set("default", describe(problem(operation)));
    return described;
  }

  private static ObjectNode parameter(String name, String in, String type, boolean required) {
    var parameter = object().put("name", name).put("in", in).put("required", required);
    parameter.putObject("schema").put("type", type);
    return parameter;
  }

  private static ObjectNode describe(Parameter parameter) {
    var place = parameter.in().name().toLowerCase(Locale.ROOT);
    return parameter(parameter.name(), place, parameter.type(), false)
        .put("description", parameter.description());
  }

  private static ObjectNode describe(Answer answer) {
    var described = object().put("description", answer.description());
    if (answer.mediaType() != null) {
      var content = answer.schema() == null ? object() : content(answer.schema());
      described.putObject("content").set(answer.mediaType(), content);
    }
    return described;
  }

  /** What every route may answer when something is wrong. */
  private static Answer problem(Operation operation) {
    return operation.refuses(400, "Something is wrong; code says what.").answers().getLast();
  }

  private static ObjectNode content(String schema) {
    var content = object();
    content.putObject("schema").put("$ref", "#/components/schemas/" + schema);
    return content;
  }

  ObjectNode schemas() {
    var schemas = object();
    schemas.set("State", words(JobState.values(), JobState::wireName));
    schemas.set("Priority", words(Priority.values(), Priority::wireName));
    schemas.set("ErrorCode", words(ErrorCode.values(), ErrorCode::wireName));
    schemas.setAll(written());
    return schemas;
  }

  private static <E> ObjectNode words(E[] values, Function<E, String> spelling) {
    var schema = object().put("type", "string");
    var words = schema.putArray("enum");
    Arrays.stream(values).map(spelling).forEach(words::add);
    return schema;
  }

  private static ObjectNode written() {
    try (var schemas = ApiDescription.class.getResourceAsStream(SCHEMAS)) {
      return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(schemas));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
