package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job is counted.
 *
 * @param tenant whose it is
 * @param line where it stands while it is queued
 * @param batch the row of its batch, or null
 */
record Account(Tenant tenant, Line line, @Nullable Long batch) {
  /** Of a job in no batch. */
  static Account of(Tenant tenant, Line line) {
    return new Account(tenant, line, null);
  }

  /** Of a job that has been claimed. */
  static Account of(ClaimedJob job) {
    return new Account(job.tenant(), Line.of(job.priority()), job.batch());
  }
}
