package dev.recado.web.input;

import dev.recado.config.Variable;
import dev.recado.config.WebhookSettings;
import dev.recado.web.address.PublicAddresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook's URL must be. Where its name leads to is looked at each time it is called, not
 * here.
 *
 * @param settings what the operator allows
 */
public record WebhookRules(WebhookSettings settings) {
  private static final int HIGHEST_PORT = 65_535;

  /** What a text is worth. */
  sealed interface Verdict {
    /** It may be called; spelt so that the same receiver is always the same text. */
    record Good(String url) implements Verdict {}

    /** It may not, and why. */
    record Bad(String words) implements Verdict {}
  }

  Verdict read(String text) {
    if (!settings.areOn()) {
      return new Verdict.Bad(
          "cannot be called: this server has no " + Variable.RECADO_WEBHOOK_SECRET);
    }
    try {
      var url = new URI(text);
      var words = complaint(url);
      return words == null ? new Verdict.Good(normal(url)) : new Verdict.Bad(words);
    } catch (URISyntaxException notAUrl) {
      return new Verdict.Bad("must be a URL");
    }
  }

  private @Nullable String complaint(URI url) {
    if (!isAllowedScheme(url) || url.getHost() == null || !isPort(url.getPort())) {
      return settings.allowsPrivate()
          ? "must be an https or http URL with a host"
          : "must be an https URL with a host";
    }
    if (url.getRawUserInfo() != null) {
      return "must hold no user and no password";
    }
    if (url.getRawFragment() != null) {
      return "must hold no #";
    }
    if (!settings.allowsPrivate() && PublicAddresses.clearlyExclude(url.getHost())) {
      return "must not lead to a private address";
    }
    return null;
  }

  /** None at all is the usual one. */
  private static boolean isPort(int port) {
    return port == -1 || (port >= 1 && port <= HIGHEST_PORT);
  }

  private boolean isAllowedScheme(URI url) {
    return "https".equalsIgnoreCase(url.getScheme())
        || (settings.allowsPrivate() && "http".equalsIgnoreCase(url.getScheme()));
  }

  private static String normal(URI url) {
    var port = url.getPort() < 0 ? "" : ":" + url.getPort();
    var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    var origin = (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
    return origin + path + query;
  }
}
