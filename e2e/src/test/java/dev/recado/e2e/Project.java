package dev.recado.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts of the project lie that the tests start or serve. */
public final class Project {
  private Project() {}

  /** The folder that holds the root pom. */
  public static Path root() {
    return Path.of(System.getProperty("recado.root", "..")).toAbsolutePath().normalize();
  }

  /** The Java that the tests run with, to start the program with. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The packaged program. */
  public static Path jar() {
    var jar = root().resolve(System.getProperty("recado.jar", "app/target/recado.jar")).normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(jar + " is missing: ./mvnw package -pl app -am");
    }
    return jar;
  }
}
