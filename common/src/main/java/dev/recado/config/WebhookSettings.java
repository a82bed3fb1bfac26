package dev.recado.config;

import java.util.List;

/**
 * How those who left a job are called when it has ended.
 *
 * @param secrets what calls are signed with, each {@code whsec_} and the Base64 of 24 to 64 bytes;
 *     several while one replaces another. None: no webhooks are taken
 * @param allowsPrivate whether calls may go to private addresses and without encryption; false by
 *     default
 */
public record WebhookSettings(List<Secret> secrets, boolean allowsPrivate) {
  /** What each secret begins with. */
  public static final String PREFIX = "whsec_";

  /** No webhooks. */
  public static final WebhookSettings OFF = new WebhookSettings(List.of(), false);

  /** Settings do not change. */
  public WebhookSettings {
    secrets = List.copyOf(secrets);
  }

  /** Whether webhooks are taken and sent. */
  public boolean areOn() {
    return !secrets.isEmpty();
  }
}
