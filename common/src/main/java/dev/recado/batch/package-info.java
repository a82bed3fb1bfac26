/**
 * Jobs that are left many together, all or none: the port {@link dev.recado.batch.BatchStore} and
 * what goes through it.
 */
@NullMarked
package dev.recado.batch;

import org.jspecify.annotations.NullMarked;
