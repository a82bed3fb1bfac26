/** When to try again: {@link dev.recado.retry.Backoff}. Pure functions, no clock and no state. */
@NullMarked
package dev.recado.retry;

import org.jspecify.annotations.NullMarked;
