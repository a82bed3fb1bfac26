-- What happened minute by minute, for people to see: written once a second, and kept for a day.
CREATE TABLE statistics (
  minute  INTEGER NOT NULL,  -- since 1970
  tenant  TEXT    NOT NULL,
  measure TEXT    NOT NULL,
  label   TEXT    NOT NULL,  -- a state, a code, or the number of a bucket of LatencyHistogram
  n       INTEGER NOT NULL,
  PRIMARY KEY (minute, tenant, measure, label)
) STRICT, WITHOUT ROWID;

-- What did not go as planned in a job's life. What did stands in the job's own row, so that a job
-- that meets nothing costs nothing here.
CREATE TABLE job_history (
  seq             INTEGER NOT NULL,
  attempt         INTEGER NOT NULL,
  event           TEXT    NOT NULL
    CHECK (event IN ('retry', 'put_off', 'handed_back', 'worker_lost')),
  at              INTEGER NOT NULL,
  code            TEXT,
  message         TEXT,
  provider_status INTEGER,
  worker          TEXT,
  until           INTEGER,  -- when it may be tried again
  PRIMARY KEY (seq, attempt, event)
) STRICT, WITHOUT ROWID;

-- A seq may be given to another job.
CREATE TRIGGER jobs_history_dropped AFTER DELETE ON jobs
BEGIN
  DELETE FROM job_history WHERE seq = OLD.seq;
END;

-- What operators have said. 'paused': no job is started until it is taken back.
CREATE TABLE controls (
  name  TEXT    PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE jobs ADD COLUMN first_token_ms INTEGER;  -- of the last attempt, from its claim
ALTER TABLE jobs ADD COLUMN error_code TEXT;         -- of a job that failed
ALTER TABLE job_inputs ADD COLUMN traceparent TEXT;

UPDATE jobs
   SET error_code = (SELECT lower(json_extract(error, '$.code')) FROM job_outputs o
                      WHERE o.seq = jobs.seq)
 WHERE state = 'failed';

CREATE INDEX jobs_failed ON jobs (tenant, error_code, id) WHERE error_code IS NOT NULL;
-- Nearly empty: to see which failed jobs have been repeated.
CREATE INDEX jobs_repeated ON jobs (retry_of) WHERE retry_of IS NOT NULL;
