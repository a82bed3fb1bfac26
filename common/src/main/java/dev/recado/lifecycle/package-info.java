/**
 * Start in order, stop in reverse order, within a time bound: {@link
 * dev.recado.lifecycle.Lifecycle}.
 */
@NullMarked
package dev.recado.lifecycle;

import org.jspecify.annotations.NullMarked;
