-- Many jobs left together. The counters are kept like job_counts, so that nobody has to count.
CREATE TABLE batches (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT    NOT NULL UNIQUE,
  tenant          TEXT    NOT NULL,
  -- filling: not accepted yet, nobody sees it; releasing, canceling: its jobs are being put into
  -- the queue or taken out of it, piece by piece; settled: there is nothing to do with it
  stage           TEXT    NOT NULL
    CHECK (stage IN ('filling', 'releasing', 'canceling', 'settled')),
  touched         INTEGER NOT NULL,            -- when it was last filled
  progress        INTEGER NOT NULL DEFAULT 0,  -- up to which request its stage has come
  metadata        TEXT,
  deadline        INTEGER NOT NULL,
  idempotency_key TEXT,
  fingerprint     TEXT,
  canceled_at     INTEGER,                     -- when that was asked for
  completed_at    INTEGER,
  queued          INTEGER NOT NULL DEFAULT 0,
  processing      INTEGER NOT NULL DEFAULT 0,
  succeeded       INTEGER NOT NULL DEFAULT 0,
  failed          INTEGER NOT NULL DEFAULT 0,
  canceled        INTEGER NOT NULL DEFAULT 0,
  expired         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX batches_key ON batches (tenant, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
-- Nearly empty: those with something left to do; and those that retention looks at.
CREATE INDEX batches_unsettled ON batches (stage) WHERE stage <> 'settled';
CREATE INDEX batches_completed ON batches (completed_at) WHERE completed_at IS NOT NULL;

-- The requests of a batch in their order, and the jobs they became.
CREATE TABLE batch_requests (
  batch     INTEGER NOT NULL,
  n         INTEGER NOT NULL,  -- from 0
  seq       INTEGER NOT NULL,
  custom_id TEXT    NOT NULL,
  PRIMARY KEY (batch, n)
) STRICT, WITHOUT ROWID;

ALTER TABLE jobs ADD COLUMN batch INTEGER;
