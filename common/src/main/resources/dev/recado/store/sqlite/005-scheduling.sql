ALTER TABLE jobs ADD COLUMN priority INTEGER NOT NULL DEFAULT 1  -- 0 high, 1 normal, 2 low
  CHECK (priority IN (0, 1, 2));
ALTER TABLE jobs ADD COLUMN run_at INTEGER;  -- as asked for; run_after is what the queue goes by

-- The queue: run_after IS NULL, by priority and then in order of seq; and the others by due time.
DROP INDEX jobs_waiting;
CREATE INDEX jobs_waiting ON jobs (run_after, priority) WHERE state = 'queued';

-- How many of the queued are out of the usual line: 'high', 'low', and 'later' for those whose time
-- has not come. Kept like job_counts; empty where nobody asks for any of it.
CREATE TABLE line_counts (
  tenant TEXT    NOT NULL,
  line   TEXT    NOT NULL CHECK (line IN ('high', 'low', 'later')),
  n      INTEGER NOT NULL,
  PRIMARY KEY (tenant, line)
) STRICT, WITHOUT ROWID;
