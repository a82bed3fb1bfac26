package dev.recado.web.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses of the public internet, as the IANA's registries of special-purpose addresses tell
 * them from all others. Whatever is in doubt is not public.
 */
public final class PublicAddresses {
  private static final List<Prefix> NOT_PUBLIC_V4 =
      prefixes(
          "0.0.0.0/8", // this host
          "10.0.0.0/8",
          "100.64.0.0/10", // carriers' own
          "127.0.0.0/8",
          "168.63.129.16/32", // Azure's machines ask here for their secrets
          "169.254.0.0/16", // link-local, and every cloud's metadata
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16",
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** All of IPv6 that is routed; loopback, local, multicast, mapped and NAT64 lie outside. */
  private static final Prefix GLOBAL_V6 = Prefix.of("2000::/3");

  private static final List<Prefix> NOT_PUBLIC_V6 =
      prefixes(
          "2001::/23", // Teredo and other protocols, which hold IPv4 addresses
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4: an IPv4 address inside
          "3ffe::/16",
          "3fff::/20"); // documentation

  private PublicAddresses() {}

  private static List<Prefix> prefixes(String... texts) {
    return Stream.of(texts).map(Prefix::of).toList();
  }

  /** Whether this address belongs to the public internet. */
  public static boolean contain(InetAddress address) {
    var bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> NOT_PUBLIC_V4.stream().noneMatch(prefix -> prefix.contains(bytes));
      case Inet6Address _ ->
          GLOBAL_V6.contains(bytes)
              && NOT_PUBLIC_V6.stream().noneMatch(prefix -> prefix.contains(bytes));
      default -> false;
    };
  }

  /**
   * Whether a URL's host can be seen not to be public without asking a name service: an address in
   * any of its spellings, or a name of this machine. That it cannot be seen says nothing.
   */
  public static boolean clearlyExclude(String host) {
    var name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || literal(name).filter(address -> !contain(address)).isPresent();
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      // The POSIX reading knows 0x7f.1, 017700000001 and 2130706433 too, as many a resolver does.
      return Optional.of(
          host.startsWith("[") ? Inet6Address.ofLiteral(host) : Inet4Address.ofPosixLiteral(host));
    } catch (IllegalArgumentException aName) {
      return Optional.empty();
    }
  }
}
