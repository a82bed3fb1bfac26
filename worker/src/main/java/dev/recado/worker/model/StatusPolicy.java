package dev.recado.worker.model;

/**
 * What a status means where the body does not say more. This is the whole table: what retries, what
 * waits, what is final.
 */
final class StatusPolicy {
  private StatusPolicy() {}

  static Refusal of(int status) {
    return switch (status) {
      case 401 -> Refusal.AUTH;
      case 402 -> Refusal.CREDITS;
      case 403 -> Refusal.PERMISSION;
      case 429 -> Refusal.THROTTLED;
      case 408, 504 -> Refusal.TIMED_OUT;
      // 499 is a proxy's word for "the caller hung up": we did not, so time ran out in between.
      // 524 is a CDN's word for an origin that is too slow, 522 for one it could not reach.
      case 499, 524 -> Refusal.TIMED_OUT;
      // 409 is a lock or a version that somebody else holds: it passes (the OpenAI SDKs retry it
      // too). 425 asks for a repetition by definition. 498 is Groq's "no capacity just now".
      case 409, 425, 498 -> Refusal.OVERLOADED;
      // Something this server never does and never will.
      case 501, 505 -> Refusal.BAD_REQUEST;
      default -> ofClass(status / 100);
    };
  }

  private static Refusal ofClass(int hundreds) {
    return switch (hundreds) {
      // Redirects are not followed: a second, silent request could be a second bill. The address
      // is wrong until someone corrects it.
      case 3 -> Refusal.BAD_REQUEST;
      // 400, 404, 405, 410, 413, 422, 424, 451 and all others: the request will not get better.
      case 4 -> Refusal.BAD_REQUEST;
      case 5 -> Refusal.OVERLOADED;
      default -> Refusal.NONSENSE;
    };
  }

  /** Whether the table above only guesses, so that the server's own advice may overrule it. */
  static boolean isUndecided(int status) {
    return switch (status) {
      case 400, 401, 402, 403, 404, 413, 422, 424 -> false;
      case 408, 429, 500, 502, 503, 504, 529 -> false;
      default -> status >= 400;
    };
  }
}
