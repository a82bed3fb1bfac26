-- Who asks for a job's result needs to know of its input only whether it is gone, and of what trace
-- it is part. Both stand in the job's own row, so that such a question need not go to job_inputs,
-- the largest of the tables: with millions of jobs each page of it is one more from the disk.
ALTER TABLE jobs ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;  -- with 1 the row is a tombstone
ALTER TABLE jobs ADD COLUMN traceparent TEXT;

-- In one pass: of nearly all jobs the input is there, and is part of no trace.
UPDATE jobs
   SET erased = NOT EXISTS (SELECT 1 FROM job_inputs i WHERE i.seq = jobs.seq),
       traceparent = (SELECT traceparent FROM job_inputs i WHERE i.seq = jobs.seq)
 WHERE NOT EXISTS (SELECT 1 FROM job_inputs i WHERE i.seq = jobs.seq AND i.traceparent IS NULL);

-- job_inputs.traceparent stays, and is written no more: to drop it would write every row anew.

CREATE TRIGGER job_inputs_erased AFTER DELETE ON job_inputs
BEGIN
  UPDATE jobs SET erased = 1, traceparent = NULL WHERE seq = OLD.seq;
END;
