package dev.recado.web.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.web.openapi.ApiDescription;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description knows each field that is read: a stricter reader of it refuses no request. */
class DescribedFieldsTest {
  private final JsonNode api =
      new JsonMapper()
          .readTree(new ApiDescription(Set.of("GET /api/jobs", "POST /api/batches")).document());

  private Set<String> members(String schema) {
    return names(api.at("/components/schemas/" + schema + "/properties"));
  }

  private static Set<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }

  private Set<String> inQuery(String operation) {
    var names = new TreeSet<String>();
    for (var parameter : api.at("/paths" + operation + "/parameters")) {
      if (parameter.get("in").stringValue().equals("query")) {
        names.add(parameter.get("name").stringValue());
      }
    }
    return names;
  }

  private static Set<String> and(Set<String> names, String... more) {
    var all = new HashSet<>(names);
    all.addAll(Set.of(more));
    return all;
  }

  @Test
  void those_of_a_submission_are_described() {
    assertThat(members("Submission")).isEqualTo(SubmissionReader.KNOWN);
  }

  @Test
  void those_of_a_batch_and_its_requests_are_described() {
    assertThat(members("BatchSubmission")).isEqualTo(BatchReader.KNOWN);
    assertThat(members("BatchRequest")).isEqualTo(and(SubmissionReader.KNOWN, "custom_id"));
    assertThat(inQuery("/~1api~1batches/post")).isEqualTo(BatchReader.IN_QUERY);
  }

  @Test
  void those_of_a_conversation_are_described() {
    assertThat(members("ChatRequest")).isEqualTo(ChatReader.KNOWN);
    assertThat(members("ChatMessage")).isEqualTo(ChatMessages.KNOWN);
    assertThat(members("ChatText")).isEqualTo(and(ChatMessages.PASSED_OVER, "type", "text"));
    assertThat(members("ChatRefusal")).isEqualTo(and(ChatMessages.PASSED_OVER, "type", "refusal"));
    var streamOptions = api.at("/components/schemas/ChatRequest/properties/stream_options");
    assertThat(names(streamOptions.get("properties"))).isEqualTo(ChatReader.OF_STREAMS);
  }

  @Test
  void those_of_a_list_are_described() {
    assertThat(inQuery("/~1api~1jobs/get")).isEqualTo(ListRequest.KNOWN);
  }
}
