package dev.recado.web.answer;

import java.util.Map;

/** Headers that keep an answer from being taken for something else. */
public final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

  private static final Map<String, String> API =
      Map.of(
          CONTENT_SECURITY_POLICY,
          "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Cache-Control",
          "no-store");

  private static final Map<String, String> PAGE =
      Map.of(
          CONTENT_SECURITY_POLICY,
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
              + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-cache");

  private SecurityHeaders() {}

  /** For data: nothing in it is to be run, framed, guessed at or kept. */
  public static Map<String, String> forApi() {
    return API;
  }

  /** For the page, on top of those for data: only its own files may run in it. */
  public static Map<String, String> forPage() {
    return PAGE;
  }
}
