/** What is measured, and how: one class for each question. */
@NullMarked
package dev.recado.bench.scenario;

import org.jspecify.annotations.NullMarked;
