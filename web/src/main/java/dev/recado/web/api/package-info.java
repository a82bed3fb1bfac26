/** One handler per endpoint. */
@NullMarked
package dev.recado.web.api;

import org.jspecify.annotations.NullMarked;
