package dev.recado.app.shell;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Recado this is: its version, and the commit it was built from if that is known. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"recado " + text()};
  }

  /** It in words: {@code 0.1.0 (1a2b3c4)}. */
  public static String text() {
    var properties = properties();
    var version = properties.getProperty("version", "");
    var commit = properties.getProperty("commit", "");
    return commit.isBlank() ? version : version + " (" + commit + ")";
  }

  private static Properties properties() {
    try (var stream = Version.class.getResourceAsStream("version.properties")) {
      var properties = new Properties();
      if (stream != null) {
        properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
