package dev.recado.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.config.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What operators are told by. Digests are compared, and wholly: how long it takes tells nothing,
 * neither how much of an attempt was right nor how long the token is. Immutable.
 */
final class AdminToken {
  private final byte[] digest;

  AdminToken(Secret token) {
    this.digest = sha256(token.reveal());
  }

  boolean is(String attempt) {
    return MessageDigest.isEqual(digest, sha256(attempt));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
