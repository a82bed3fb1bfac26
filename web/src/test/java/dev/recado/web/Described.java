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
import tools.jackson.databind.json.JsonMapper;

/** Holds requests and answers against what {@code /openapi.json} says of them. */
final class Described {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PLACE = "https://recado.test/openapi.json";

  /** What HTTP, a proxy or a browser makes use of, and no client of the interface. */
  private static final Set<String> OF_HTTP =
      Set.of(
          "cache-control",
          "connection",
          "content-length",
          "content-security-policy",
          "content-type",
          "date",
          "transfer-encoding",
          "x-accel-buffering",
          "x-content-type-options");

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
    var responses = operation(route).get("responses");
    var status = Integer.toString(answer.status());
    assertThat(responses.has(status)).as(route + " answers " + answer.text()).isTrue();
    var response = responses.get(status);
    return response.has("$ref")
        ? holdsRefusal(name(response), answer)
        : holds(route, route + " " + status, response, answer);
  }

  /** An answer that any route may give. */
  Answer holdsRefusal(String name, Answer answer) {
    return holds(name, name, refusal(name), answer);
  }

  private Answer holds(String place, String key, JsonNode response, Answer answer) {
    holdsHeaders(place, response, answer);
    var content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(answer.text()).isEmpty();
      seen.add(key);
      return answer;
    }
    var mediaType = answer.header("Content-Type").orElse("").split(";", 2)[0];
    assertThat(content.has(mediaType)).as(key + " is " + mediaType).isTrue();
    seen.add(key + " " + mediaType);
    var schema = content.get(mediaType).at("/schema/$ref").asString("");
    if (!schema.isEmpty()) {
      assertFits(schema, answer.text());
    }
    return answer;
  }

  private void holdsHeaders(String route, JsonNode response, Answer answer) {
    var given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    given.addAll(answer.response().headers().map().keySet());
    given.removeIf(name -> OF_HTTP.contains(name.toLowerCase(Locale.ROOT)));
    for (var name : response.path("headers").propertyNames()) {
      var header = document.at("/components/headers/" + name);
      var value = answer.header(name);
      assertThat(value.isPresent() || !header.has("required")).as(route + " " + name).isTrue();
      value.ifPresent(text -> {
        var place = "#/components/headers/" + name + "/schema";
        assertFits(place, json(header.get("schema"), text));
        seen.add(route + " " + name);
      });
      given.remove(name);
    }
    assertThat(given).as(route + " " + answer.status()).isEmpty();
  }

  /** What stands outside of JSON, as the JSON that its schema speaks of. */
  private static String json(JsonNode schema, String text) {
    var isNumber = schema.path("type").asString("").equals("integer");
    return isNumber ? text : MAPPER.writeValueAsString(text);
  }

  private static String name(JsonNode reference) {
    return reference.get("$ref").stringValue().replaceAll(".*/", "");
  }

  /** A request of this route that is as it is described. */
  String asks(String route, String body) {
    var schema = operation(route).at("/requestBody/content/application~1json/schema/$ref");
    assertFits(schema.asString(), body);
    return body;
  }

  /** Whether a form of body is described for this route. */
  boolean reads(String route, String mediaType) {
    return operation(route).at("/requestBody/content").has(mediaType);
  }

  /** Whether a parameter of this route may have this value. */
  boolean takes(String route, String parameter, String value) {
    for (var described : operation(route).get("parameters")) {
      if (described.get("name").stringValue().equals(parameter)) {
        var schema = name(described.get("schema"));
        return fits(schema, json(document.at("/components/schemas/" + schema), value));
      }
    }
    return false;
  }

  void assertFits(String reference, String json) {
    var schema = schemas.getSchema(SchemaLocation.of(PLACE + reference));
    assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
  }

  boolean fits(String name, String json) {
    var schema = schemas.getSchema(SchemaLocation.of(PLACE + "#/components/schemas/" + name));
    return schema.validate(json, InputFormat.JSON).isEmpty();
  }

  /** A schema's members by name. */
  JsonNode properties(String schema) {
    return document.at("/components/schemas/" + schema + "/properties");
  }

  /** The names of a schema's members. */
  Set<String> members(String schema) {
    return new TreeSet<>(properties(schema).propertyNames());
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

  /** What is described, each answer and each header of a route, and was never seen. */
  Set<String> unseen() {
    var unseen = new TreeSet<String>();
    for (var route : routes()) {
      operation(route)
          .get("responses")
          .forEachEntry((status, response) -> {
            var refusal = response.has("$ref");
            var place = refusal ? name(response) : route;
            var key = refusal ? place : route + " " + status;
            addAll(unseen, place, key, refusal ? refusal(place) : response);
          });
    }
    unseen.removeAll(seen);
    return unseen;
  }

  private JsonNode refusal(String name) {
    return document.at("/components/responses/" + name);
  }

  private static void addAll(Set<String> all, String place, String key, JsonNode response) {
    response.path("headers").propertyNames().forEach(name -> all.add(place + " " + name));
    if (response.has("content")) {
      response.get("content").propertyNames().forEach(type -> all.add(key + " " + type));
    } else {
      all.add(key);
    }
  }
}
