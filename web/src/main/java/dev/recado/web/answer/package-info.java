/** How answers are written: JSON straight to bytes, and the headers that every one of them has. */
@NullMarked
package dev.recado.web.answer;

import org.jspecify.annotations.NullMarked;
