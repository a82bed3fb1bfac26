package dev.recado.config;

import static dev.recado.config.Variable.*;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads who may do what. */
final class AccessReader {
  private static final String OPEN = "open";
  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,512}");

  private final Environment environment;

  AccessReader(Environment environment) {
    this.environment = environment;
  }

  AccessSettings read(Host listen, Settings.Layout layout) {
    var word = environment.text(RECADO_ACCESS);
    var token = environment.text(RECADO_ADMIN_TOKEN);
    if (layout.hasWeb() && !listen.isLoopback() && word.isEmpty() && token.isEmpty()) {
      environment.report(
          RECADO_HOST,
          "lets other machines in, and nothing says that they may: set RECADO_ACCESS=open (whoever"
              + " reaches web may leave and read jobs; there is no console), or RECADO_ADMIN_TOKEN"
              + " (the same, and whoever has the token may use the console), or listen on loopback");
    }
    return new AccessSettings(isOpen(word), token(token));
  }

  private boolean isOpen(Optional<String> word) {
    if (word.isPresent() && !word.get().equals(OPEN)) {
      environment.report(RECADO_ACCESS, "must be unset, or the word open");
    }
    return word.isPresent();
  }

  /** Its value stays unsaid, whatever is wrong with it. */
  private Optional<Secret> token(Optional<String> text) {
    if (text.isPresent() && !TOKEN.matcher(text.get()).matches()) {
      environment.report(
          RECADO_ADMIN_TOKEN,
          "must have 16 to 512 characters: letters, digits and signs of ASCII, without blanks");
    }
    return text.map(Secret::new);
  }
}
