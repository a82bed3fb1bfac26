/** The command line: {@link dev.recado.app.Main}, one class per command. */
@NullMarked
package dev.recado.app;

import org.jspecify.annotations.NullMarked;
