package dev.recado.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host name or an IP address. Nothing here asks a name server.
 *
 * @param name a name, an IPv4 address, or an IPv6 address without brackets
 */
public record Host(String name) {
  // Underscores are no host names by the book, but container networks are full of them.
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?");
  private static final Pattern ONLY_NUMBERS = Pattern.compile("[0-9.]+");
  // The JDK takes 1.2.3 for 1.2.0.3, which nobody means.
  private static final Pattern IPV4 = Pattern.compile("[0-9]+([.][0-9]+){3}");

  /** Reads a name or an address; IPv6 with or without brackets. */
  static Optional<Host> parse(String text) {
    var bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return Optional.of(bare).filter(Host::isWellFormed).map(Host::new);
  }

  /** Whether only this machine can be meant. */
  public boolean isLoopback() {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.endsWith(".localhost")
        || literal(name).map(InetAddress::isLoopbackAddress).orElse(false);
  }

  /** Whether every address of this machine is meant. */
  public boolean isWildcard() {
    return literal(name).map(InetAddress::isAnyLocalAddress).orElse(false);
  }

  /** The way it is written before a port: IPv6 in brackets. */
  @Override
  public String toString() {
    return literal(name).filter(Inet6Address.class::isInstance).isPresent()
        ? "[" + name + "]"
        : name;
  }

  private static boolean isWellFormed(String text) {
    if (ONLY_NUMBERS.matcher(text).matches()) {
      return IPV4.matcher(text).matches() && literal(text).isPresent();
    }
    return text.contains(":") ? literal(text).isPresent() : NAME.matcher(text).matches();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
