/**
 * The harness of the end-to-end tests: real processes of the packaged jar ({@link
 * dev.recado.e2e.Harness} owns them), a client, and the model server they call.
 */
@NullMarked
package dev.recado.e2e;

import org.jspecify.annotations.NullMarked;
