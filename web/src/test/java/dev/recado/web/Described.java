package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Holds requests and answers against what {@code /openapi.json} says of them. */
final class Described {
  private static final String PLACE = "https://recado.test/openapi.json";

  private final JsonNode document;
  private final SchemaRegistry schemas;
  private final Set<String> seen = new TreeSet<>();

  Described(Answer document) {
    this.document = document.expect(200).json();
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(PLACE, document.text())));
  }

  /** An answer of this route, which must be just as it is described. */
  Answer holds(String route, Answer answer) {
    var operation = operation(route);
    var status = Integer.toString(answer.status());
    var responses = operation.get("responses");
    assertThat(responses.has(status)).as(route + " answers " + answer.text()).isTrue();
    seen.add(route + " " + status);
    var content = responses.get(status).path("content");
    if (content.isMissingNode()) {
      assertThat(answer.text()).isEmpty();
      return answer;
    }
    var mediaType = content.propertyNames().iterator().next();
    assertThat(answer.header("Content-Type").orElse("")).startsWith(mediaType);
    var schema = content.get(mediaType).at("/schema/$ref").asString("");
    if (!schema.isEmpty()) {
      assertFits(schema, answer.text());
    }
    return answer;
  }

  /** A request of this route that uses every field there is. */
  String asks(String route, String body) {
    var schema = operation(route).at("/requestBody/content/application~1json/schema/$ref");
    assertFits(schema.asString(), body);
    return body;
  }

  void assertFits(String reference, String json) {
    var schema = schemas.getSchema(SchemaLocation.of(PLACE + reference));
    assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
  }

  /** The names of a schema's members. */
  Set<String> members(String schema) {
    var members = document.at("/components/schemas/" + schema + "/properties");
    return new TreeSet<>(members.propertyNames());
  }

  private JsonNode operation(String route) {
    var parts = route.split(" ", 2);
    var path = parts[1].replace("/", "~1");
    return document.at("/paths/" + path + "/" + parts[0].toLowerCase(Locale.ROOT));
  }

  /** Every route, as {@code GET /path/{parameter}}. */
  Set<String> routes() {
    var routes = new TreeSet<String>();
    document
        .get("paths")
        .forEachEntry((path, operations) ->
            operations
                .propertyNames()
                .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return routes;
  }

  /** What is described and was never seen. */
  Set<String> unseen() {
    var unseen = new TreeSet<String>();
    for (var route : routes()) {
      for (var status : operation(route).get("responses").propertyNames()) {
        unseen.add(route + " " + status);
      }
    }
    unseen.removeIf(answer -> answer.endsWith(" default") || seen.contains(answer));
    return unseen;
  }
}
