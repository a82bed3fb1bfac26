package dev.recado.web.openapi;

import dev.recado.web.openapi.Operation.Body;
import dev.recado.web.openapi.Operation.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How operations look in OpenAPI. */
final class OperationJson {
  private static final String REQUEST_ID = "X-Request-Id";

  private OperationJson() {}

  static ObjectNode of(Operation operation) {
    var described = object().put("summary", operation.summary());
    var parameters = described.putArray("parameters");
    operation.inPath().forEach(name -> parameters.add(inPath(name)));
    operation.parameters().forEach(parameter -> parameters.add(of(parameter)));
    if (operation.hasBody()) {
      described.set("requestBody", body(operation));
    }
    described.set("responses", responses(operation));
    return described;
  }

  private static ObjectNode inPath(String name) {
    var parameter = object().put("name", name).put("in", "path").put("required", true);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  private static ObjectNode of(Parameter parameter) {
    var described =
        object()
            .put("name", parameter.name())
            .put("in", parameter.in().name().toLowerCase(Locale.ROOT))
            .put("required", false)
            .put("description", parameter.description());
    described.set("schema", reference("schemas", parameter.schema()));
    return described;
  }

  private static ObjectNode body(Operation operation) {
    var words = operation.bodies().stream().map(Body::description).distinct();
    var body =
        object()
            .put("description", words.collect(Collectors.joining(" ")).strip())
            .put("required", true);
    var contents = body.putObject("content");
    operation.bodies().forEach(form -> contents.set(form.mediaType(), content(form.schema())));
    return body;
  }

  private static ObjectNode responses(Operation operation) {
    var responses = object();
    operation
        .answers()
        .forEach(answer -> add(answer, responses.withObjectProperty(answer.status())));
    var form = operation.form();
    Refusal.of(operation)
        .forEach(
            refusal -> responses.set(refusal.status(), reference("responses", refusal.name(form))));
    return responses;
  }

  /** One answer in all of its forms. */
  static ObjectNode of(List<Answer> forms) {
    var described = object();
    forms.forEach(form -> add(form, described));
    return described;
  }

  /** One form more of what this status means. */
  private static void add(Answer answer, ObjectNode described) {
    var before = described.path("description").asString("");
    described.put("description", (before + " " + answer.description()).strip());
    var headers = described.withObjectProperty("headers");
    headers.set(REQUEST_ID, reference("headers", REQUEST_ID));
    answer.headers().forEach(name -> headers.set(name, reference("headers", name)));
    if (answer.mediaType() != null) {
      described.withObjectProperty("content").set(answer.mediaType(), content(answer.schema()));
    }
  }

  private static ObjectNode content(@Nullable String schema) {
    var content = object();
    if (schema != null) {
      content.set("schema", reference("schemas", schema));
    }
    return content;
  }

  private static ObjectNode reference(String kind, String name) {
    return object().put("$ref", "#/components/" + kind + "/" + name);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
