-- For people to see who ran a job and when. A job that is run once costs no more than the name of its
-- worker: its claim is its start, and the name goes into a row that is written anyway. Not the owner
-- kept in jobs: that row would grow as it ends, and the pages of jobs are full by then.
ALTER TABLE jobs ADD COLUMN reclaimed_at INTEGER;        -- of the last claim, if that was not the first
ALTER TABLE job_outputs ADD COLUMN worker TEXT;          -- whose outcome this is, or who held the job
ALTER TABLE job_history ADD COLUMN claimed_at INTEGER;   -- of the attempt that it ended
