package dev.recado.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.recado.e2e.Harness;
import dev.recado.e2e.Project;
import dev.recado.e2e.RecadoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every example of docs/clients.md, taken from the page and run as it stands there. */
@Tag("process")
@Timeout(240)
class ClientExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- prints: (.+?) -->\n```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FENCE = Pattern.compile("^```\\w+$", Pattern.MULTILINE);
  private static final String SERVER = "http://127.0.0.1:8080";

  @RegisterExtension static final Harness harness = new Harness();

  @TestFactory
  Stream<DynamicTest> examples_print_what_the_page_says() throws IOException {
    var page = Files.readString(Project.root().resolve("docs/clients.md"));
    var examples = EXAMPLE.matcher(page).results().toList();
    assertThat(examples).hasSize((int) FENCE.matcher(page).results().count()).isNotEmpty();
    var up = harness.up(Map.of());
    return examples.stream()
        .map(found ->
            dynamicTest(
                found.group(2) + " " + found.group(3).lines().count(),
                () ->
                    assertThat(run(found.group(2), found.group(3), up)).contains(found.group(1))));
  }

  private static String run(String language, String example, RecadoProcess up) throws IOException {
    var text = example.replace(SERVER, up.uri().toString());
    return switch (language) {
      case "bash" -> program("bash", "example.sh", text);
      case "python" -> program("python3", "example.py", text);
      case "js" -> node().run(text);
      case "java" -> {
        var file = Files.writeString(harness.folder().resolve("Ask.java"), text);
        yield Program.run(harness.folder(), Project.java(), file);
      }
      default -> throw new AssertionError("nothing here runs " + language);
    };
  }

  private static NodeProgram node() {
    return NodeProgram.with("openai", NodeSdkTest.VERSION);
  }

  private static String program(String command, String name, String text) throws IOException {
    assumeTrue(Program.isThere(command), "needs " + command);
    var file = Files.writeString(harness.folder().resolve(name), text);
    return Program.run(harness.folder(), command, file);
  }
}
