/**
 * Requests that wait for something to happen to a job ({@code Prefer: wait}, streams), and what
 * wakes them.
 */
@NullMarked
package dev.recado.web.wait;

import org.jspecify.annotations.NullMarked;
