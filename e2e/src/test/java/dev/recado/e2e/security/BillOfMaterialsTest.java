package dev.recado.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who asks whether a known hole concerns them has to know what is in the jar. */
class BillOfMaterialsTest {

  @Test
  void every_library_in_the_jar_is_named_with_its_version() throws IOException {
    var bill = JsonMapper.shared().readTree(Files.readString(file()));

    assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(names(bill))
        .contains(
            "jetty-server", "javalin", "amqp-client", "sqlite-jdbc", "okhttp-jvm", "logback-core")
        .doesNotContain("junit-jupiter", "assertj-core", "archunit");
    assertThat(bill.get("components"))
        .allMatch(part -> part.get("purl").asString().matches("pkg:maven/[^@]+@[^?]+.*"));
  }

  private static List<String> names(JsonNode bill) {
    return bill.get("components").valueStream().map(part -> part.get("name").asString()).toList();
  }

  private static Path file() {
    return Project.jar().resolveSibling("recado.cdx.json");
  }
}
