/** The job store on SQLite. Start at {@link dev.recado.store.sqlite.SqliteJobStore}. */
@NullMarked
package dev.recado.store.sqlite;

import org.jspecify.annotations.NullMarked;
