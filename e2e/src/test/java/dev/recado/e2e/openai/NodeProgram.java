package dev.recado.e2e.openai;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Programs for Node, in a folder of their own with one package. */
record NodeProgram(Path folder) {

  /** Skips the test where Node is missing or the package cannot be had. */
  static NodeProgram with(String name, String version) {
    var folder =
        Project.root().resolve("e2e/target/node-" + name.replaceAll("\\W+", "-") + "-" + version);
    assumeTrue(Program.isThere("node") && Program.isThere("npm"), "needs node and npm");
    if (!Files.isDirectory(folder.resolve("node_modules").resolve(name))) {
      assumeTrue(install(folder, name + "@" + version) == 0, "npm cannot get " + name);
    }
    return new NodeProgram(folder);
  }

  private static int install(Path folder, String what) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var log = folder.resolve("install.log");
    return Program.exitOf(
        folder, log, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", what);
  }

  /** Runs this text; gives what it printed. */
  String run(String text, Object... arguments) {
    try {
      var command = new Object[arguments.length + 2];
      command[0] = "node";
      command[1] = Files.writeString(folder.resolve("program.mjs"), text);
      System.arraycopy(arguments, 0, command, 2, arguments.length);
      return Program.run(folder, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program among the test's resources. */
  static String resource(String name) {
    try (var text = NodeProgram.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
