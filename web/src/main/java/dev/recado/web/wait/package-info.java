/** Requests that wait for their job's end ({@code Prefer: wait}), without a thread for each. */
@NullMarked
package dev.recado.web.wait;

import org.jspecify.annotations.NullMarked;
