/**
 * All that the log ever says, in one place: {@link dev.recado.log.LogEvent} lists it, {@link
 * dev.recado.log.Log} writes it. A line holds ids, sizes and times; never a text of a client's or a
 * model's, and never a key.
 */
@NullMarked
package dev.recado.log;

import org.jspecify.annotations.NullMarked;
