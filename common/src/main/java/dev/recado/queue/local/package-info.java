/** The doorbell inside one process. */
@NullMarked
package dev.recado.queue.local;

import org.jspecify.annotations.NullMarked;
