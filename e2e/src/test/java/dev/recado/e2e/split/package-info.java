/** web and workers as processes of their own, with a real broker, and what is done to them. */
@NullMarked
package dev.recado.e2e.split;

import org.jspecify.annotations.NullMarked;
