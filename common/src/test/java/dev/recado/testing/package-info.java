/** What the tests of all modules share. */
@NullMarked
package dev.recado.testing;

import org.jspecify.annotations.NullMarked;
