/** How requests are read: strictly, bounded, with every problem reported at once. */
@NullMarked
package dev.recado.web.input;

import org.jspecify.annotations.NullMarked;
