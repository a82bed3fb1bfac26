package dev.recado.e2e.faults;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import dev.recado.store.JobQuery;
import dev.recado.store.JobStore;
import dev.recado.store.sqlite.SqliteJobStore;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a job store whole, and has it examined. */
final class StoredJobs {
  private static final int PAGE = 100;

  private StoredJobs() {}

  static List<StoredJob> read(String databaseUrl) {
    try (var store = SqliteJobStore.open(databaseUrl, Clock.systemUTC())) {
      return read(store);
    }
  }

  static List<StoredJob> read(JobStore store) {
    return readWhole(store).stream().map(StoredJob::of).toList();
  }

  static List<Job> readWhole(String databaseUrl) {
    try (var store = SqliteJobStore.open(databaseUrl, Clock.systemUTC())) {
      return readWhole(store);
    }
  }

  private static List<Job> readWhole(JobStore store) {
    var jobs = new ArrayList<Job>();
    @Nullable JobId cursor = null;
    do {
      var page = store.list(new JobQuery(Tenant.DEFAULT, null, null, null, PAGE, cursor));
      // the list leaves the texts out; a job may be forgotten meanwhile
      page.jobs().forEach(job -> store.find(Tenant.DEFAULT, job.id()).ifPresent(jobs::add));
      cursor = page.nextCursor();
    } while (cursor != null);
    return jobs;
  }

  /** SQLite's own examination: {@code ok}, or what is wrong. */
  static String examine(String databaseUrl) {
    try (var connection = DriverManager.getConnection(databaseUrl);
        var statement = connection.createStatement();
        var answer = statement.executeQuery("PRAGMA integrity_check")) {
      answer.next();
      return answer.getString(1);
    } catch (SQLException damaged) {
      return String.valueOf(damaged.getMessage());
    }
  }
}
