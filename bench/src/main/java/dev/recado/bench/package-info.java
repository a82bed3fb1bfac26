/** The measurements' command line. */
@NullMarked
package dev.recado.bench;

import org.jspecify.annotations.NullMarked;
