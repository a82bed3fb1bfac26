package dev.recado.app.server;

import static dev.recado.config.Variable.*;

import dev.recado.config.BrokerSettings;
import dev.recado.config.Durations;
import dev.recado.config.HostAndPort;
import dev.recado.config.ModelSettings;
import dev.recado.config.Settings;
import dev.recado.config.Sizes;
import dev.recado.config.Variable;
import dev.recado.config.WebhookSettings;
import java.util.EnumMap;
import java.util.Map;

/** The settings as they are after defaults, by the names of their variables, without secrets. */
public final class EffectiveSettings {
  private static final String NONE = "(none)";

  private EffectiveSettings() {}

  /** What each variable amounts to, in the order in which the settings are described. */
  public static Map<Variable, String> of(Settings settings) {
    var shown = new EnumMap<Variable, String>(Variable.class);
    shown.put(RECADO_HOST, settings.listen().host().name());
    shown.put(RECADO_PORT, String.valueOf(settings.listen().port()));
    shown.put(
        RECADO_METRICS_PORT,
        settings.metrics().map(HostAndPort::port).map(String::valueOf).orElse(NONE));
    shown.put(RECADO_HOST_NAMES, orNone(String.join(", ", settings.hostNames())));
    shown.put(RECADO_ACCESS, settings.access().isOpen() ? "open" : NONE);
    shown.put(
        RECADO_ADMIN_TOKEN, settings.access().adminToken().map(Object::toString).orElse(NONE));
    shown.put(RECADO_DATABASE_URL, settings.databaseUrl().toString());
    shown.put(RABBITMQ_URL, settings.broker().map(BrokerSettings::describe).orElse(NONE));
    addModel(shown, settings.model());
    shown.put(RECADO_WORKER_CONCURRENCY, String.valueOf(settings.workerConcurrency()));
    shown.put(RECADO_JOB_DEADLINE, Durations.format(settings.jobDeadline()));
    shown.put(RECADO_MODEL_SILENCE, Durations.format(settings.modelSilence()));
    shown.put(RECADO_LEASE, Durations.format(settings.lease()));
    shown.put(RECADO_RETENTION, Durations.format(settings.retention()));
    shown.put(RECADO_MAX_QUEUED, String.valueOf(settings.maxQueued()));
    shown.put(RECADO_MIN_FREE_DISK, Sizes.format(settings.minFreeDisk()));
    addWebhooks(shown, settings.webhooks());
    shown.put(RECADO_LOG_FORMAT, settings.logFormat().wireName());
    return shown;
  }

  private static void addModel(Map<Variable, String> shown, ModelSettings model) {
    shown.put(MODEL_NAME, model.name());
    switch (model) {
      case ModelSettings.Echo _ -> shown.put(MODEL_URL, "echo");
      case ModelSettings.Server server -> {
        shown.put(MODEL_URL, server.baseUrl().toString());
        shown.put(HUGGINGFACE_API_KEY, server.key().map(Object::toString).orElse(NONE));
      }
    }
  }

  private static void addWebhooks(Map<Variable, String> shown, WebhookSettings webhooks) {
    var secrets = webhooks.secrets().stream().map(Object::toString).toList();
    shown.put(RECADO_WEBHOOK_SECRET, orNone(String.join(" ", secrets)));
    shown.put(RECADO_WEBHOOK_ALLOW_PRIVATE, String.valueOf(webhooks.allowsPrivate()));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }
}
