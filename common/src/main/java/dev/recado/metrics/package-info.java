/**
 * What a process counts and measures, for Prometheus: {@link dev.recado.metrics.Metrics}. What is
 * counted is for each part to say, in a class of its own whose name ends in {@code Meters}.
 */
@NullMarked
package dev.recado.metrics;

import org.jspecify.annotations.NullMarked;
