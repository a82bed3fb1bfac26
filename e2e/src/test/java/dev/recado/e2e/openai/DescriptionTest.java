package dev.recado.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /openapi.json} as a program of others reads it. */
@Tag("process")
@Timeout(240)
class DescriptionTest {
  private static final String VALIDATE =
      """
      import { Validator } from '@seriousme/openapi-schema-validator';
      const document = await (await fetch(process.argv[2])).json();
      const validator = new Validator();
      const found = await validator.validate(document);
      delete document.info.title;
      const broken = await validator.validate(document);
      console.log(validator.version, found.valid, broken.valid, JSON.stringify(found.errors));
      """;

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void it_is_a_valid_document_of_openapi_3_1() {
    var node = NodeProgram.with("@seriousme/openapi-schema-validator", "2.3.1");
    var up = harness.up(Map.of());

    assertThat(node.run(VALIDATE, up.uri() + "/openapi.json")).startsWith("3.1 true false");
  }
}
