/**
 * A job's way as a trace, from the request that left it to the model's answer: {@link
 * dev.recado.trace.Traces} begins spans. Off, it costs nothing.
 */
@NullMarked
package dev.recado.trace;

import org.jspecify.annotations.NullMarked;
