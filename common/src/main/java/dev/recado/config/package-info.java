/**
 * What an operator may set, read from the environment: one {@link dev.recado.config.Settings}, or
 * every problem at once.
 */
@NullMarked
package dev.recado.config;

import org.jspecify.annotations.NullMarked;
