package dev.recado.web.gate;

import dev.recado.config.Host;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which web answers. A server on loopback is meant for this machine; a page whose
 * name was made to resolve to 127.0.0.1 (DNS rebinding) would otherwise count as its own.
 */
public sealed interface ServedHosts {

  /** Whether a request for this host is meant for us. */
  boolean include(String host);

  /** What fits the address that web listens on: on loopback, only its names; else all. */
  static ServedHosts listeningOn(Host address, Set<String> alsoCalled) {
    return address.isLoopback() ? new Loopback(Set.copyOf(alsoCalled)) : new Any();
  }

  /** Whatever it is called. */
  record Any() implements ServedHosts {
    @Override
    public boolean include(String host) {
      return true;
    }
  }

  /**
   * The names of loopback, and some more.
   *
   * @param alsoCalled the other names, in lower case
   */
  record Loopback(Set<String> alsoCalled) implements ServedHosts {
    @Override
    public boolean include(String host) {
      var bare = withoutBrackets(host);
      return bare.equals("localhost")
          || new Host(bare).isLoopback()
          || alsoCalled.contains(bare.toLowerCase(Locale.ROOT));
    }

    private static String withoutBrackets(String host) {
      return host.startsWith("[") && host.endsWith("]")
          ? host.substring(1, host.length() - 1)
          : host;
    }
  }
}
