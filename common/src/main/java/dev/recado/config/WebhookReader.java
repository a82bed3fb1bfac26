package dev.recado.config;

import static dev.recado.config.Variable.RECADO_WEBHOOK_ALLOW_PRIVATE;
import static dev.recado.config.Variable.RECADO_WEBHOOK_SECRET;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Reads how webhooks are signed, and where they may go. */
final class WebhookReader {
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final Environment environment;

  WebhookReader(Environment environment) {
    this.environment = environment;
  }

  WebhookSettings read() {
    return new WebhookSettings(secrets(), environment.flag(RECADO_WEBHOOK_ALLOW_PRIVATE));
  }

  private List<Secret> secrets() {
    var text = environment.text(RECADO_WEBHOOK_SECRET).orElse("");
    var parts = Arrays.stream(text.split("\\s+")).filter(part -> !part.isEmpty()).toList();
    if (!parts.stream().allMatch(WebhookReader::isSecret)) {
      environment.report(
          RECADO_WEBHOOK_SECRET,
          "must be whsec_ and the Base64 of %d to %d random bytes, or several with blanks between"
              .formatted(FEWEST_BYTES, MOST_BYTES));
      return List.of();
    }
    return parts.stream().map(Secret::new).toList();
  }

  private static boolean isSecret(String text) {
    if (!text.startsWith(WebhookSettings.PREFIX)) {
      return false;
    }
    try {
      var bytes = Base64.getDecoder().decode(text.substring(WebhookSettings.PREFIX.length()));
      return bytes.length >= FEWEST_BYTES && bytes.length <= MOST_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
