/** What every request passes before its handler: its id, and whether it may come in at all. */
@NullMarked
package dev.recado.web.gate;

import org.jspecify.annotations.NullMarked;
