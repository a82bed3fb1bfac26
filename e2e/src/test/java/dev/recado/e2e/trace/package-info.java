/** What a collector of OpenTelemetry's is told, by real processes. */
@NullMarked
package dev.recado.e2e.trace;

import org.jspecify.annotations.NullMarked;
