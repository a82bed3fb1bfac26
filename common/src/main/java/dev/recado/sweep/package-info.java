/**
 * Upkeep of the store, by the clock and against it: {@link dev.recado.sweep.Sweeper} sets right
 * what time has overtaken, as long as {@link dev.recado.sweep.ClockTrust} believes the time.
 */
@NullMarked
package dev.recado.sweep;

import org.jspecify.annotations.NullMarked;
