package dev.recado.web;

import dev.recado.config.AccessSettings;
import dev.recado.config.HostAndPort;
import dev.recado.config.WebhookSettings;
import dev.recado.web.admission.AdmissionLimits;
import dev.recado.web.page.Page;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What web has to be told.
 *
 * @param listen where it listens; port 0 means any free one
 * @param alsoCalled the names, besides those of loopback, under which a server on loopback answers:
 *     those of the proxy in front of it
 * @param access what operators log in with
 * @param jobDeadline from accepted to finished, for jobs that name no deadline
 * @param patience how long a question for the result of a job that has only just been left waits
 *     for its end; zero for not at all
 * @param model the model of jobs that name none
 * @param admission how much is taken in
 * @param webhooks how those who left a job are called when it has ended
 * @param page the page it serves, if any
 * @param version which Recado this is, for people to see
 */
public record WebSettings(
    HostAndPort listen,
    Set<String> alsoCalled,
    AccessSettings access,
    Duration jobDeadline,
    Duration patience,
    String model,
    AdmissionLimits admission,
    WebhookSettings webhooks,
    Page page,
    String version) {
  /** Longer than a job takes whose model answers at once, and too short for people to notice. */
  public static final Duration USUAL_PATIENCE = Duration.ofMillis(10);

  /** Host names are the same in upper and lower case. */
  public WebSettings {
    alsoCalled =
        alsoCalled.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }
}
