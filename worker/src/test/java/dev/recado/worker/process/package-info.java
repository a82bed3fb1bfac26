@NullMarked
package dev.recado.worker.process;

import org.jspecify.annotations.NullMarked;
