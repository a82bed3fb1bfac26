/** The command line as a person at a terminal sees it. */
@NullMarked
package dev.recado.e2e.terminal;

import org.jspecify.annotations.NullMarked;
