package dev.recado.web.openapi;

import dev.recado.web.problem.ProblemForm;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the routes that are served, as an OpenAPI 3.1 document. It is put together
 * from what the code knows: the routes, what they do, and the words of its enumerations. Immutable.
 */
public final class ApiDescription {
  private static final JsonMapper MAPPER = new JsonMapper();

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
  public byte[] document() {
    var document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
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
            .set(operation.method().toLowerCase(Locale.ROOT), OperationJson.of(operation)));
    document.set("webhooks", Written.webhooks());
    var components = document.putObject("components");
    components.set("schemas", Schemas.all());
    components.set("headers", Written.headers());
    components.set("responses", refusals());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
  }

  private static ObjectNode refusals() {
    var refusals = JsonNodeFactory.instance.objectNode();
    for (var form : ProblemForm.values()) {
      Refusal.all()
          .forEach(refusal -> refusals.set(refusal.name(form), OperationJson.of(refusal.in(form))));
    }
    return refusals;
  }
}
