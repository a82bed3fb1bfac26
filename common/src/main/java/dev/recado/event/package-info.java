/**
 * What web and worker tell each other while jobs run: {@link dev.recado.event.JobEvents}. Best
 * effort; the store stays the truth.
 */
@NullMarked
package dev.recado.event;

import org.jspecify.annotations.NullMarked;
