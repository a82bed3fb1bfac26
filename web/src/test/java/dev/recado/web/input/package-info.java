@NullMarked
package dev.recado.web.input;

import org.jspecify.annotations.NullMarked;
