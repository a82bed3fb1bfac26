package dev.recado.web.gate;

import dev.recado.config.Host;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which web answers. A server on loopback is meant for this machine; a page whose
 * own name was made to resolve to 127.0.0.1 (DNS rebinding) would otherwise count as its own, and
 * could read every job. Only a name that somebody can register in the public DNS can do that: names
 * without a dot, addresses, and the endings that are kept for private use are harmless.
 */
public sealed interface ServedHosts {

  /** Whether a request for this host is meant for us. */
  boolean include(String host);

  /** What fits the address that web listens on: on loopback, no public names; else all. */
  static ServedHosts listeningOn(Host address, Set<String> alsoCalled) {
    return address.isLoopback() ? new Private(Set.copyOf(alsoCalled)) : new Any();
  }

  /** Whatever it is called. */
  record Any() implements ServedHosts {
    @Override
    public boolean include(String host) {
      return true;
    }
  }

  /**
   * Everything but public names, and some more.
   *
   * @param alsoCalled the other names, in lower case
   */
  record Private(Set<String> alsoCalled) implements ServedHosts {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** RFC 6761, RFC 6762, and what ICANN has kept for private use. */
    private static final List<String> PRIVATE_ENDINGS =
        List.of(".localhost", ".local", ".internal", ".test", ".invalid", ".example");

    @Override
    public boolean include(String host) {
      var name = withoutBrackets(host).toLowerCase(Locale.ROOT);
      return !name.contains(".")
          || ADDRESS.matcher(name).matches()
          || PRIVATE_ENDINGS.stream().anyMatch(name::endsWith)
          || alsoCalled.contains(name);
    }

    private static String withoutBrackets(String host) {
      return host.startsWith("[") && host.endsWith("]")
          ? host.substring(1, host.length() - 1)
          : host;
    }
  }
}
