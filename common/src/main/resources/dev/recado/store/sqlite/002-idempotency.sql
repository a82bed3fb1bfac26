-- Which job a client's key stands for, and what the first answer said. A row lives as long as its job.
CREATE TABLE idempotency_keys (
  tenant      TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,  -- of what was asked: another wish under the same key is refused
  job_id      TEXT    NOT NULL UNIQUE,
  deadline    INTEGER NOT NULL,
  queued      INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;
