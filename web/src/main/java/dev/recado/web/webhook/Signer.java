package dev.recado.web.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of Standard Webhooks: HMAC-SHA256 over id, time and body. With several secrets
 * there are several signatures, and a receiver that knows one of them is content. Thread-safe.
 */
public final class Signer {
  private static final String HMAC = "HmacSHA256";
  private static final String VERSION = "v1,";

  private final List<SecretKeySpec> keys;

  /** Signs with these, each {@code whsec_} and Base64. */
  public Signer(List<Secret> secrets) {
    this.keys = secrets.stream().map(Signer::key).toList();
  }

  private static SecretKeySpec key(Secret secret) {
    var text = secret.reveal().substring(WebhookSettings.PREFIX.length());
    return new SecretKeySpec(Base64.getDecoder().decode(text), HMAC);
  }

  /** The header's value: a signature for each secret. */
  public String sign(String id, Instant at, byte[] body) {
    return keys.stream().map(key -> sign(key, id, at, body)).collect(Collectors.joining(" "));
  }

  /** Whether one of the header's signatures is ours. */
  public boolean isSigned(String header, String id, Instant at, byte[] body) {
    return Arrays.stream(header.split(" "))
        .anyMatch(given -> keys.stream().anyMatch(key -> isSame(given, sign(key, id, at, body))));
  }

  private static boolean isSame(String given, String expected) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8));
  }

  private static String sign(SecretKeySpec key, String id, Instant at, byte[] body) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update((id + "." + at.getEpochSecond() + ".").getBytes(UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
