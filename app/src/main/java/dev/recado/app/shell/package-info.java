/** What every command has to do with: its {@link dev.recado.app.shell.Shell}, and how it ends. */
@NullMarked
package dev.recado.app.shell;

import org.jspecify.annotations.NullMarked;
