package dev.recado.web.webhook;

import dev.recado.delivery.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How webhooks fare. Thread-safe. */
public final class WebhookMeters {
  private final Counter delivered;
  private final Counter retried;
  private final Counter givenUp;
  private final Counter unwanted;

  /** Shown there. */
  public WebhookMeters(MeterRegistry registry) {
    delivered = tries("delivered", registry);
    retried = tries("retried", registry);
    givenUp = tries("given_up", registry);
    unwanted = tries("unwanted", registry);
  }

  private static Counter tries(String outcome, MeterRegistry registry) {
    return Counter.builder("recado.webhook.tries")
        .tag("outcome", outcome)
        .description("Calls of receivers, by what came of them")
        .register(registry);
  }

  void tried(Verdict verdict) {
    switch (verdict) {
      case Verdict.Delivered() -> delivered.increment();
      case Verdict.RetryAt _ -> retried.increment();
      case Verdict.GivenUp() -> givenUp.increment();
      case Verdict.Unwanted() -> unwanted.increment();
    }
  }
}
