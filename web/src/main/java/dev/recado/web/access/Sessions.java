package dev.recado.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.config.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sessions that nobody has to remember: each says until when it is good, and is signed with a key
 * that follows from the token. So all webs with this token agree, restarts change nothing, and a
 * new token ends them all. Thread-safe.
 */
final class Sessions {
  static final Duration LIFE = Duration.ofHours(12);

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "recado operator session 1";
  private static final int NONCE_BYTES = 16;
  private static final int SIGNED_BYTES = Long.BYTES + NONCE_BYTES;
  private static final int BYTES = SIGNED_BYTES + 32;
  private static final int LENGTH = (BYTES * 4 + 2) / 3;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;
  private final Clock clock;

  Sessions(Secret token, Clock clock) {
    // Not the token itself: what is signed with it here must mean nothing elsewhere.
    var purpose = PURPOSE.getBytes(UTF_8);
    this.key = key(sign(key(token.reveal().getBytes(UTF_8)), purpose, purpose.length));
    this.clock = clock;
  }

  /** A new one. */
  String open() {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var session = ByteBuffer.allocate(BYTES);
    session.putLong(clock.instant().plus(LIFE).getEpochSecond()).put(nonce);
    session.put(sign(key, session.array(), SIGNED_BYTES));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(session.array());
  }

  /** Whether this is one of ours, and not over yet. */
  boolean isOpen(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    try {
      var session = Base64.getUrlDecoder().decode(text);
      return session.length == BYTES
          && isSigned(session)
          && clock.instant().getEpochSecond() < ByteBuffer.wrap(session).getLong();
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private boolean isSigned(byte[] session) {
    var signature = Arrays.copyOfRange(session, SIGNED_BYTES, BYTES);
    return MessageDigest.isEqual(signature, sign(key, session, SIGNED_BYTES));
  }

  private static SecretKeySpec key(byte[] bytes) {
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  private static byte[] sign(SecretKeySpec key, byte[] bytes, int length) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
