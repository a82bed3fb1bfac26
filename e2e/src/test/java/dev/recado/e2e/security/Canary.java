package dev.recado.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Words that must not turn up where they do not belong. They are in every secret of a test. */
enum Canary {
  TEXT("canaryOfText81"),
  SYSTEM("canaryOfSystem82"),
  ANSWER("canaryOfAnswer83"),
  LABEL("canaryOfLabel84"),
  KEY("hf_canaryOfKey85"),
  PASSWORD("canaryOfPassword86"),
  MESSAGE("canaryOfMessage87"),
  TOKEN("canaryOfTheToken88");

  private final String word;

  Canary(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** The word so that it can stand in a URL and cannot be found there. */
  String disguised() {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("canary", "%63anary");
  }

  static void assertNoneIn(String place, String content) {
    assertThat(Arrays.stream(values()).filter(canary -> content.contains(canary.word)))
        .as("canaries in %s:%n%s", place, content)
        .isEmpty();
  }
}
