/** A small receiver of webhooks, for trying them out. */
@NullMarked
package dev.recado.app.listen;

import org.jspecify.annotations.NullMarked;
