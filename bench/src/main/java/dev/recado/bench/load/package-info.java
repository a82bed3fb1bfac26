/** A load generator that costs little: closed loop and open loop, over plain HTTP/1.1. */
@NullMarked
package dev.recado.bench.load;

import org.jspecify.annotations.NullMarked;
