/** What the processes take of the machine's memory. */
@NullMarked
package dev.recado.e2e.memory;

import org.jspecify.annotations.NullMarked;
