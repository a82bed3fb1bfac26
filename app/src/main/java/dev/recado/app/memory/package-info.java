/** What a process does about its own memory. */
@NullMarked
package dev.recado.app.memory;

import org.jspecify.annotations.NullMarked;
