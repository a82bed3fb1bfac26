package dev.recado.config;

import static dev.recado.config.Variable.*;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how to reach the broker, from a URL or from host, user and password. */
final class BrokerReader {
  private static final String GUEST = "guest";
  private static final Set<String> KNOWN_TO_EVERYBODY =
      Set.of(GUEST, "admin", "changeme", "password", "rabbitmq", "recado", "secret");
  private static final int PORT = 5672;
  private static final int TLS_PORT = 5671;

  private final Environment environment;

  BrokerReader(Environment environment) {
    this.environment = environment;
  }

  Optional<BrokerSettings> read(Settings.Layout layout) {
    var broker = broker();
    broker.ifPresent(this::refuseKnownCredentials);
    if (layout.needsBroker() && !isSet(RABBITMQ_URL) && !isSet(RABBITMQ_HOST)) {
      environment.report(
          RABBITMQ_URL, "must be set, as web and worker meet at the broker; only up needs none");
    }
    return broker;
  }

  private Optional<BrokerSettings> broker() {
    if (isSet(RABBITMQ_URL) && isSet(RABBITMQ_HOST)) {
      environment.report(RABBITMQ_HOST, "must not be set along with RABBITMQ_URL");
      return Optional.empty();
    }
    if (isSet(RABBITMQ_URL)) {
      return environment.text(RABBITMQ_URL).flatMap(this::fromUrl);
    }
    if (isSet(RABBITMQ_HOST)) {
      return environment.text(RABBITMQ_HOST).flatMap(this::fromHost);
    }
    if (isSet(RABBITMQ_USER) || isSet(RABBITMQ_PASSWORD)) {
      environment.report(RABBITMQ_HOST, "must be set along with RABBITMQ_USER, RABBITMQ_PASSWORD");
    }
    return Optional.empty();
  }

  private Optional<BrokerSettings> fromHost(String text) {
    var address = HostAndPort.parse(text, PORT);
    if (address.isEmpty()) {
      environment.report(RABBITMQ_HOST, "is neither a host name nor an IP address: " + text);
    }
    return address.map(at -> new BrokerSettings(at, user(), password(), "/", false));
  }

  private Optional<BrokerSettings> fromUrl(String text) {
    try {
      return fromUrl(URI.create(text));
    } catch (IllegalArgumentException notAUrl) {
      // The text stays unsaid: it may hold the password.
      environment.report(RABBITMQ_URL, "is not a URL; write signs like / and @ as %2F and %40");
      return Optional.empty();
    }
  }

  private Optional<BrokerSettings> fromUrl(URI url) {
    var tls = "amqps".equals(url.getScheme());
    var host = Optional.ofNullable(url.getHost()).flatMap(Host::parse);
    if (host.isEmpty() || !(tls || "amqp".equals(url.getScheme()))) {
      environment.report(RABBITMQ_URL, "must be amqp:// or amqps:// and name a host");
      return Optional.empty();
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      environment.report(RABBITMQ_URL, "must end with the virtual host, without ? and #");
    }
    var port = url.getPort() == -1 ? (tls ? TLS_PORT : PORT) : url.getPort();
    if (port < 1 || port > HostAndPort.HIGHEST_PORT) {
      environment.report(RABBITMQ_URL, "has a port that does not exist: " + port);
    }
    var address = new HostAndPort(host.get(), port);
    return Optional.of(withCredentials(url, address, tls));
  }

  private BrokerSettings withCredentials(URI url, HostAndPort address, boolean tls) {
    var userInfo = url.getRawUserInfo();
    if (userInfo == null) {
      return new BrokerSettings(address, user(), password(), virtualHost(url), tls);
    }
    if (isSet(RABBITMQ_USER) || isSet(RABBITMQ_PASSWORD)) {
      environment.report(RABBITMQ_USER, "and RABBITMQ_PASSWORD must not repeat RABBITMQ_URL");
    }
    var parts = userInfo.split(":", 2);
    var password = parts.length == 2 ? decode(parts[1]) : "";
    return new BrokerSettings(
        address, decode(parts[0]), new Secret(password), virtualHost(url), tls);
  }

  private String user() {
    return environment.text(RABBITMQ_USER).orElse(GUEST);
  }

  private Secret password() {
    return new Secret(environment.text(RABBITMQ_PASSWORD).orElse(GUEST));
  }

  /** A lone slash means the default one: nobody names a virtual host with no letter at all. */
  private static String virtualHost(URI url) {
    @Nullable String path = url.getRawPath();
    return path == null || path.length() < 2 ? "/" : decode(path.substring(1));
  }

  private static String decode(String text) {
    // In a path or a password a plus is a plus.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private void refuseKnownCredentials(BrokerSettings broker) {
    var password = broker.password().reveal();
    if (broker.address().host().isLoopback()) {
      return;
    }
    if (password.isEmpty() || KNOWN_TO_EVERYBODY.contains(password)) {
      environment.report(
          isSet(RABBITMQ_URL) ? RABBITMQ_URL : RABBITMQ_PASSWORD,
          "has no password, or one that everybody knows; away from this machine it needs its own");
    }
  }

  private boolean isSet(Variable variable) {
    return environment.text(variable).isPresent();
  }
}
