package dev.recado.web.input;

import java.time.Duration;

/** How much of everything a request may hold. Texts are counted in UTF-16 units. */
final class Limits {
  static final int BODY_BYTES = 1_000_000;
  static final int SMALL_BODY_BYTES = 64 << 10;
  static final Duration BODY_TIME = Duration.ofSeconds(20);
  static final int BATCH_BYTES = 64 << 20;
  static final Duration BATCH_TIME = Duration.ofMinutes(5);
  static final Duration BATCH_START = Duration.ofSeconds(10);
  static final int BATCH_BYTES_PER_SECOND = 16 << 10;
  static final int BATCH_REQUESTS = 50_000;
  static final int BATCH_FAULTS = 10;
  static final int CUSTOM_ID = 128;
  static final int JSON_DEPTH = 32;
  static final int JSON_TOKENS = 1_000;
  static final int CHAT_JSON_TOKENS = 20_000;
  static final int JSON_NUMBER_LENGTH = 64;

  static final int TEXT = 400_000;
  static final int SYSTEM = 100_000;
  static final int MODEL = 200;
  static final int MAX_TOKENS = 1_000_000;
  static final int TEMPERATURE = 2;
  static final Duration DEADLINE = Duration.ofDays(7);
  static final Duration AHEAD = Duration.ofDays(30);
  static final int WORD = 64;

  static final int TURN_NAME = 64;
  static final int TOOL_CALL_ID = 200;
  static final int PENALTY = 2;

  static final int WEBHOOK = 2_000;

  static final int LABELS = 16;
  static final int LABEL_NAME = 64;
  static final int LABEL_VALUE = 512;

  static final int PAGE = 100;
  static final int USUAL_PAGE = 20;

  private Limits() {}
}
