/**
 * Where traces go: {@link dev.recado.app.trace.Telemetry}, and OpenTelemetry's SDK if it is asked
 * for.
 */
@NullMarked
package dev.recado.app.trace;

import org.jspecify.annotations.NullMarked;
