@NullMarked
package dev.recado.web.stream;

import org.jspecify.annotations.NullMarked;
