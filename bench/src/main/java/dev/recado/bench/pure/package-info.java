/** The parts that compute only, one by one, with JMH. */
@NullMarked
package dev.recado.bench.pure;

import org.jspecify.annotations.NullMarked;
