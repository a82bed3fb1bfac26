-- What the running attempt has said so far. Once it ends, whatever counts of it is in job_outputs.
CREATE TABLE job_output_chunks (
  seq  INTEGER NOT NULL,
  stop INTEGER NOT NULL,  -- how much was said with this, in UTF-16 units
  text TEXT    NOT NULL,
  PRIMARY KEY (seq, stop)
) STRICT, WITHOUT ROWID;

-- Whether there may be chunks: a job that has none must not pay for a look.
ALTER TABLE jobs ADD COLUMN streamed INTEGER NOT NULL DEFAULT 0;

-- Here, as an attempt may be ended by its worker, a sweep, a cancel or a worker's farewell.
CREATE TRIGGER jobs_chunks_end AFTER UPDATE OF state ON jobs
WHEN OLD.state = 'processing' AND OLD.streamed
BEGIN
  DELETE FROM job_output_chunks WHERE seq = OLD.seq;
END;
