package dev.recado.config;

import java.net.URI;
import java.util.Optional;

/** Which model answers. */
public sealed interface ModelSettings {

  /** The model of jobs that name none. */
  String name();

  /** The built-in stand-in: repeats what it was told and says that it is no model. */
  record Echo() implements ModelSettings {
    @Override
    public String name() {
      return "echo";
    }
  }

  /**
   * A server that speaks OpenAI's chat completions.
   *
   * @param baseUrl what comes before {@code /chat/completions}, without a slash at the end
   * @param key its token, if it wants one
   * @param name the model of jobs that name none
   */
  record Server(URI baseUrl, Optional<Secret> key, String name) implements ModelSettings {}
}
