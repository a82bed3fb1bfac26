@NullMarked
package dev.recado.web.address;

import org.jspecify.annotations.NullMarked;
