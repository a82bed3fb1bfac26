@NullMarked
package dev.recado.web.problem;

import org.jspecify.annotations.NullMarked;
