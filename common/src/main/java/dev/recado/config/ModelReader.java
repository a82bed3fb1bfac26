package dev.recado.config;

import static dev.recado.config.Variable.*;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which model answers. */
final class ModelReader {
  private static final String ECHO = "echo";
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
  private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");

  private final Environment environment;

  ModelReader(Environment environment) {
    this.environment = environment;
  }

  ModelSettings read(Settings.Layout layout) {
    var key = key();
    var url = environment.text(MODEL_URL);
    // Web alone calls no model and is trusted with no key: it is told what its workers' is called.
    var isTold = layout == Settings.Layout.WEB && environment.text(MODEL_NAME).isPresent();
    var wantsEcho = url.map(ECHO::equalsIgnoreCase).orElse(key.isEmpty() && !isTold);
    return wantsEcho ? new ModelSettings.Echo() : server(key);
  }

  private ModelSettings server(Optional<Secret> key) {
    return new ModelSettings.Server(baseUrl(), key, name());
  }

  private Optional<Secret> key() {
    var variable =
        environment.text(HUGGINGFACE_API_KEY).isPresent() ? HUGGINGFACE_API_KEY : HF_TOKEN;
    var key = environment.text(variable);
    // It becomes an HTTP header; a line break copied into its middle must not surface later.
    if (key.filter(text -> !PRINTABLE.matcher(text).matches()).isPresent()) {
      environment.report(variable, "has blanks, line breaks or letters no token has");
    }
    return key.map(Secret::new);
  }

  private URI baseUrl() {
    var text = environment.textOrExample(MODEL_URL).replaceAll("/+$", "");
    try {
      var url = URI.create(text);
      complaint(url).ifPresent(what -> environment.report(MODEL_URL, what));
      return url;
    } catch (IllegalArgumentException notAUrl) {
      environment.report(MODEL_URL, "is not a URL");
      return URI.create("http://invalid");
    }
  }

  private static Optional<String> complaint(URI url) {
    if (url.getHost() == null && String.valueOf(url.getRawAuthority()).contains("_")) {
      return Optional.of("has a host with an underscore, which no URL may have");
    }
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null) {
      return Optional.of("must be an http or https URL, or the word echo");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("must hold no password: the token goes into HUGGINGFACE_API_KEY");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return Optional.of("must end with the path, without ? and #");
    }
    return Optional.empty();
  }

  private String name() {
    var name = environment.textOrExample(MODEL_NAME);
    if (!NAME.matcher(name).matches()) {
      environment.report(MODEL_NAME, "must be one word of at most 200 letters");
    }
    return name;
  }
}
