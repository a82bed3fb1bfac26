package dev.recado.worker.model;

/** What an error means: its status and its words put together. */
final class Diagnosis {
  private Diagnosis() {}

  /** The meaning of an answer with this status. */
  static Refusal of(int status, ProviderError error) {
    var byStatus = StatusPolicy.of(status);
    return switch (byStatus) {
      case THROTTLED -> ofThrottled(error);
      // A filter that withholds one answer, or a model that one account has not got, is not for
      // everybody's alarm.
      case PERMISSION -> byWords(error, byStatus);
      case BAD_REQUEST -> status < 400 ? byStatus : ofBadRequest(status, error);
      case OVERLOADED -> ofOverloaded(error);
      default -> byStatus;
    };
  }

  /** The meaning of an error inside a stream, where status 200 was sent long ago. */
  static Refusal inStream(ProviderError error) {
    return Wording.statusOf(error)
        .map(status -> of(status, error))
        .orElseGet(() -> byWords(error, Refusal.NONSENSE));
  }

  private static Refusal ofThrottled(ProviderError error) {
    if (Wording.noCredit(error)) {
      return Refusal.CREDITS;
    }
    // More than a whole minute's share in one request: no wait makes it fit.
    return Wording.overLimitAlone(error) ? Refusal.BAD_REQUEST : Refusal.THROTTLED;
  }

  /** Some servers call it their own fault when the text is too long. It will stay too long. */
  private static Refusal ofOverloaded(ProviderError error) {
    if (Wording.tooLong(error)) {
      return Refusal.CONTEXT_LENGTH;
    }
    return Wording.namesUnknownModel(error) ? Refusal.UNKNOWN_MODEL : Refusal.OVERLOADED;
  }

  private static Refusal ofBadRequest(int status, ProviderError error) {
    if (status == 424 && Wording.brokeDown(error)) {
      return Refusal.OVERLOADED;
    }
    return byWords(error, Refusal.BAD_REQUEST);
  }

  private static Refusal byWords(ProviderError error, Refusal otherwise) {
    if (Wording.noCredit(error)) {
      return Refusal.CREDITS;
    }
    if (Wording.tooLong(error)) {
      return Refusal.CONTEXT_LENGTH;
    }
    if (Wording.filtered(error)) {
      return Refusal.FILTERED;
    }
    return Wording.unknownModel(error) ? Refusal.UNKNOWN_MODEL : otherwise;
  }
}
