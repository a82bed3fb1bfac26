/**
 * Where jobs live: the port {@link dev.recado.store.JobStore} and what goes through it. The row is
 * the truth; everything else only rings.
 */
@NullMarked
package dev.recado.store;

import org.jspecify.annotations.NullMarked;
