package dev.recado.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * {@code ./recado}, copied beside a jar that no Java will read.
 *
 * @param folder where it lies
 */
record CopiedProject(Path folder) {
  private static final Path ORIGINAL = Path.of("..").toAbsolutePath().normalize();

  static CopiedProject into(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("app/target"));
    Files.copy(ORIGINAL.resolve("recado"), folder.resolve("recado"));
    Files.copy(ORIGINAL.resolve("bin/java.sh"), folder.resolve("bin/java.sh"));
    Files.createFile(folder.resolve("app/target/recado.jar"));
    return new CopiedProject(folder);
  }

  Path jar() throws IOException {
    return folder.toRealPath().resolve("app/target/recado.jar");
  }

  /** A Java of this version that prints its locale and its arguments, one a line. */
  Path fakeJava(String name, String version) throws IOException {
    Files.createDirectories(folder.resolve(name).resolve("bin"));
    program(
        name + "/bin/java",
        "case $1 in",
        "  -version) echo 'openjdk version \"" + version + "\"' >&2 ;;",
        "  *) printf '%s\\n' \"LC_ALL=${LC_ALL:-}\" \"$@\" ;;",
        "esac");
    return folder.resolve(name);
  }

  /** A shell script at this place of the project. */
  void program(String place, String... lines) throws IOException {
    var file = folder.resolve(place);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A JDK of this project's release, to build with. */
  String fakeJdk() throws IOException {
    var jdk = fakeJava("jdk", "25");
    program("jdk/bin/javac", "exit 0");
    return jdk.toString();
  }

  ScriptRun recado(Map<String, String> environment, String... arguments) throws Exception {
    return ScriptRun.of(folder.resolve("recado"), environment, arguments);
  }
}
