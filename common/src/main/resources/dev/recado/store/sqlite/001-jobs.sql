-- One row per job: small, so that a change of state rewrites little. Its texts stand apart.
CREATE TABLE jobs (
  seq           INTEGER PRIMARY KEY,  -- the order of arrival
  id            TEXT    NOT NULL UNIQUE,
  tenant        TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  state         TEXT    NOT NULL
    CHECK (state IN ('queued', 'processing', 'succeeded', 'failed', 'canceled', 'expired')),
  model         TEXT,
  retry_of      TEXT,
  attempt       INTEGER NOT NULL DEFAULT 0,  -- counted at each claim; the fence
  owner         TEXT,                        -- the worker that holds it, or held it when it was canceled
  failures      INTEGER NOT NULL DEFAULT 0,
  throttles     INTEGER NOT NULL DEFAULT 0,
  crashes       INTEGER NOT NULL DEFAULT 0,
  interruptions INTEGER NOT NULL DEFAULT 0,
  run_after     INTEGER,                     -- null: claimable now; else the time of the retry
  deadline      INTEGER NOT NULL,
  started_at    INTEGER,
  completed_at  INTEGER
) STRICT;

-- The queue: run_after IS NULL, in order of seq (the rowid that ends every index); and the retries by due time.
CREATE INDEX jobs_waiting ON jobs (run_after) WHERE state = 'queued';
CREATE INDEX jobs_deadline ON jobs (deadline) WHERE state = 'queued';
-- Small: what workers hold. And what is over, for lists by state.
CREATE INDEX jobs_running ON jobs (owner) WHERE state = 'processing';
CREATE INDEX jobs_ended ON jobs (tenant, state, id) WHERE completed_at IS NOT NULL;
-- Nearly empty: jobs whose workers keep dying, and jobs taken away from a worker that has not noticed yet.
CREATE INDEX jobs_suspect ON jobs (owner) WHERE crashes >= 2 AND state IN ('queued', 'processing');
CREATE INDEX jobs_taken_away ON jobs (owner) WHERE owner IS NOT NULL AND state IN ('canceled', 'expired');

CREATE TRIGGER jobs_terminal_is_final BEFORE UPDATE OF state ON jobs
WHEN OLD.state NOT IN ('queued', 'processing')
BEGIN
  SELECT RAISE(ABORT, 'a finished job does not change its state');
END;

-- What was asked. Gone once erased: a job without this row is a tombstone.
CREATE TABLE job_inputs (
  seq      INTEGER PRIMARY KEY,
  input    TEXT NOT NULL,
  metadata TEXT
) STRICT;

-- What came of it; while the job is live, what its last attempt met.
CREATE TABLE job_outputs (
  seq    INTEGER PRIMARY KEY,
  result TEXT,
  error  TEXT
) STRICT;

-- Kept by every transaction that moves a job, so that nobody has to count.
CREATE TABLE job_counts (
  tenant TEXT    NOT NULL,
  state  TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (tenant, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE workers (
  id          TEXT    PRIMARY KEY,
  slots       INTEGER NOT NULL,
  last_seen   INTEGER NOT NULL,
  lease_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
