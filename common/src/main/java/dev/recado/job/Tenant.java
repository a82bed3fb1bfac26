package dev.recado.job;

/**
 * Whose job it is. Every row carries one and every query goes through it.
 *
 * @param name the tenant's short name
 */
public record Tenant(String name) {
  /** The only tenant until there are API keys. */
  public static final Tenant DEFAULT = new Tenant("default");
}
