package dev.recado.worker.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is and how patient to be with it.
 *
 * @param endpoint where calls go
 * @param key sent as a bearer token; null or blank means none
 * @param defaultModel the model that answers when a job names none
 * @param connections the most calls in flight
 * @param patience how long to wait for what
 * @param limits how much of an answer to take
 */
public record ModelServer(
    Endpoint endpoint,
    @Nullable String key,
    String defaultModel,
    int connections,
    Patience patience,
    AnswerLimits limits) {

  /**
   * Checks the key without ever repeating it.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  public ModelServer {
    key = key == null || key.isBlank() ? null : key.strip();
    if (key != null && !key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("the key has characters that no key has");
    }
  }

  /**
   * A server with the usual patience and limits.
   *
   * @param url the base URL, with or without {@code /v1} and {@code /chat/completions}
   * @throws IllegalArgumentException if the URL or the key cannot be used
   */
  public static ModelServer at(
      String url, @Nullable String key, String defaultModel, int connections) {
    return new ModelServer(
        Endpoint.at(url), key, defaultModel, connections, Patience.USUAL, AnswerLimits.USUAL);
  }

  /** The same server, which may be silent for this long. */
  public ModelServer silentFor(Duration silence) {
    var other = new Patience(patience.connect(), silence, patience.ending());
    return new ModelServer(endpoint, key, defaultModel, connections, other, limits);
  }

  @Override
  public String toString() {
    return "ModelServer[" + endpoint.describe() + ", key " + masked() + "]";
  }

  private String masked() {
    return Objects.isNull(key) ? "none" : "set";
  }

  /**
   * How long to wait. What bounds a call as a whole is its own {@link ModelRequest#timeout}.
   *
   * @param connect for a name to resolve and for a connection to open, each
   * @param silence the longest time without a byte. A server that thinks before it speaks, or that
   *     does not stream, is silent for as long as its whole answer takes
   * @param ending how long a stream that has said why it stopped, or a document that is there, may
   *     take to say more, or to end
   */
  public record Patience(Duration connect, Duration silence, Duration ending) {
    /** Ten seconds to connect, two minutes of silence, five seconds to end. */
    public static final Patience USUAL =
        new Patience(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(5));
  }
}
