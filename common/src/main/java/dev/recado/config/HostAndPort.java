package dev.recado.config;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where something listens.
 *
 * @param host its host
 * @param port its port; 0 means any free one
 */
public record HostAndPort(Host host, int port) {
  static final int HIGHEST_PORT = 65_535;
  private static final Pattern WITH_PORT = Pattern.compile("(\\[.+]|[^:]+):([0-9]{1,5})");

  /** Reads {@code host}, {@code host:port}, or the same with an IPv6 address in brackets. */
  static Optional<HostAndPort> parse(String text, int usualPort) {
    var matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      return Host.parse(text).map(host -> new HostAndPort(host, usualPort));
    }
    var port = Integer.parseInt(matcher.group(2));
    return port < 1 || port > HIGHEST_PORT
        ? Optional.empty()
        : Host.parse(matcher.group(1)).map(host -> new HostAndPort(host, port));
  }

  /** Where this machine reaches by HTTP what listens here. */
  public URI url() {
    var reached = host.isWildcard() ? new Host("localhost") : host;
    return URI.create("http://" + new HostAndPort(reached, port));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
