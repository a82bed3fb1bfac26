package dev.recado.store.sqlite;

import dev.recado.job.Priority;
import dev.recado.job.Tenant;

/**
 * Where a job is counted.
 *
 * @param tenant whose it is
 * @param line where it stands while it is queued
 */
record Account(Tenant tenant, Line line) {
  static Account of(Tenant tenant, Priority priority) {
    return new Account(tenant, Line.of(priority));
  }
}
