@NullMarked
package dev.recado.web.wait;

import org.jspecify.annotations.NullMarked;
