package dev.recado.queue.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.recado.queue.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message becomes when it is put aside, and how it is read again. */
final class LetterFormat {
  private static final String REASON = "x-recado-reason";
  private static final int KEY_BYTES = 16;

  /** No character takes more. */
  private static final int PREVIEW_BYTES = 4 * DeadLetter.PREVIEW;

  private final RingFormat rings = new RingFormat();

  static BasicProperties properties(UnreadableRingException reason, Instant now) {
    return new BasicProperties.Builder()
        .deliveryMode(2)
        .timestamp(Date.from(now))
        .headers(Map.of(REASON, String.valueOf(reason.getMessage())))
        .build();
  }

  DeadLetter read(GetResponse message) {
    var body = message.getBody();
    var properties = message.getProps();
    return new DeadLetter(
        key(body),
        rings.job(body).orElse(null),
        reason(properties),
        time(properties.getTimestamp()),
        preview(body));
  }

  private static @Nullable Instant time(@Nullable Date timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  private static String reason(BasicProperties properties) {
    @Nullable Map<String, Object> headers = properties.getHeaders();
    var reason = headers == null ? null : headers.get(REASON);
    return reason == null ? "put here by somebody else" : reason.toString();
  }

  private static String preview(byte[] body) {
    var length = Math.min(body.length, PREVIEW_BYTES);
    var text = new String(body, 0, length, StandardCharsets.UTF_8);
    var characters = Math.min(DeadLetter.PREVIEW, text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, characters));
  }

  private static String key(byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
