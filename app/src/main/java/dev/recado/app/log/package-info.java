/** How the log looks to machines. */
@NullMarked
package dev.recado.app.log;

import org.jspecify.annotations.NullMarked;
