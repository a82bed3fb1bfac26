/** Job events inside one process. */
@NullMarked
package dev.recado.event.local;

import org.jspecify.annotations.NullMarked;
