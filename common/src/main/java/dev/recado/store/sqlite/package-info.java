/**
 * The job store on SQLite: {@link dev.recado.store.sqlite.SqliteJobStore}, which is a table of what
 * does each of its calls. By what they are for:
 *
 * <ul>
 *   <li><b>a job's journey</b>, each a {@link dev.recado.store.sqlite.WriteCommand}: {@link
 *       dev.recado.store.sqlite.Submission} or {@link dev.recado.store.sqlite.KeyedSubmission},
 *       {@link dev.recado.store.sqlite.Claim}, {@link dev.recado.store.sqlite.LiveOutput}, {@link
 *       dev.recado.store.sqlite.Settle}; {@link dev.recado.store.sqlite.Cancellation}, {@link
 *       dev.recado.store.sqlite.Sweep}, {@link dev.recado.store.sqlite.Repetition}, {@link
 *       dev.recado.store.sqlite.Erasure}, {@link dev.recado.store.sqlite.Purge}
 *   <li><b>one transaction</b>: {@link dev.recado.store.sqlite.GroupCommitWriter} runs the commands
 *       that wait together in a {@link dev.recado.store.sqlite.Transaction}, which has the {@link
 *       dev.recado.store.sqlite.Arrivals}, {@link dev.recado.store.sqlite.Counters} and {@link
 *       dev.recado.store.sqlite.Statistics} that are written at its end
 *   <li><b>reading</b>, through {@link dev.recado.store.sqlite.Readers}: {@link
 *       dev.recado.store.sqlite.Lookup}, {@link dev.recado.store.sqlite.Listing}, {@link
 *       dev.recado.store.sqlite.Positions}, {@link dev.recado.store.sqlite.Claimable}, {@link
 *       dev.recado.store.sqlite.Overview}, {@link dev.recado.store.sqlite.History}, {@link
 *       dev.recado.store.sqlite.Minutes}
 *   <li><b>beside single jobs</b>: {@link dev.recado.store.sqlite.SqliteBatches}, {@link
 *       dev.recado.store.sqlite.SqliteDeliveries}, {@link
 *       dev.recado.store.sqlite.SqliteOperations}, {@link dev.recado.store.sqlite.Leases}
 *   <li><b>the file</b>: {@link dev.recado.store.sqlite.SqliteFile}, {@link
 *       dev.recado.store.sqlite.Migrations}, {@link dev.recado.store.sqlite.Examination}, {@link
 *       dev.recado.store.sqlite.Damage}, {@link dev.recado.store.sqlite.Checkpoints}, {@link
 *       dev.recado.store.sqlite.SqliteBackup}
 * </ul>
 */
@NullMarked
package dev.recado.store.sqlite;

import org.jspecify.annotations.NullMarked;
