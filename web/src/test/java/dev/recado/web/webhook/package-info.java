@NullMarked
package dev.recado.web.webhook;

import org.jspecify.annotations.NullMarked;
