/** What is measured, as real processes: the program, its peers, and what they need. */
@NullMarked
package dev.recado.bench.machine;

import org.jspecify.annotations.NullMarked;
