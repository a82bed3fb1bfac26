@NullMarked
package dev.recado.web.admission;

import org.jspecify.annotations.NullMarked;
