/** Figures, their medians and targets, and how they are shown. */
@NullMarked
package dev.recado.bench.report;

import org.jspecify.annotations.NullMarked;
