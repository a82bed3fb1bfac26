package dev.recado.config;

import java.util.Optional;

/**
 * Who may do what.
 *
 * @param isOpen whether it was said that whoever reaches web may leave and read jobs; false by
 *     default. Only asked where web can be reached from other machines
 * @param adminToken what operators show to see everything and to steer it. None: they have to sit
 *     at the machine that web runs on, and web has to listen on loopback
 */
public record AccessSettings(boolean isOpen, Optional<Secret> adminToken) {
  /** Nothing was said. */
  public static final AccessSettings UNDECIDED = new AccessSettings(false, Optional.empty());
}
