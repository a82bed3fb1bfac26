package dev.recado.config;

/**
 * How to reach RabbitMQ.
 *
 * @param address where it listens
 * @param user who we are to it
 * @param password the proof of it
 * @param virtualHost which of its virtual hosts to use
 * @param tls whether to speak TLS with it
 */
public record BrokerSettings(
    HostAndPort address, String user, Secret password, String virtualHost, boolean tls) {

  /** Where and as whom, without the password. */
  public String describe() {
    return (tls ? "amqps://" : "amqp://") + user + "@" + address + vhostSuffix();
  }

  private String vhostSuffix() {
    return virtualHost.equals("/") ? "" : " (virtual host " + virtualHost + ")";
  }
}
