-- Whether somebody wants to be called when the job has ended: a flag, so that no end has to look for
-- a URL. The URL itself lives and goes with the input.
ALTER TABLE jobs ADD COLUMN webhook INTEGER;
ALTER TABLE job_inputs ADD COLUMN webhook TEXT;

-- One row per event that is to be told: the outbox.
CREATE TABLE deliveries (
  id             TEXT    PRIMARY KEY,  -- the webhook-id: the same however often it is sent
  seq            INTEGER NOT NULL,     -- of its job
  event          TEXT    NOT NULL,
  receiver       TEXT    NOT NULL,     -- scheme, host and port of the URL; empty once erased
  state          TEXT    NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'delivered', 'failed', 'disabled')),
  attempts       INTEGER NOT NULL DEFAULT 0,  -- counted at each claim; with the next, the fence
  replayed_after INTEGER NOT NULL DEFAULT 0,  -- attempts before the last replay: the schedule starts anew
  created_at     INTEGER NOT NULL,
  next_at        INTEGER,              -- when it is due; of one that is being sent, when its sender counts as lost
  last_at        INTEGER,
  last_status    INTEGER,
  last_error     TEXT,
  last_ms        INTEGER
) STRICT, WITHOUT ROWID;

-- By receiver first: one that is dead, with many deliveries due, is passed over in one step.
CREATE INDEX deliveries_due ON deliveries (receiver, next_at) WHERE state = 'pending';
CREATE INDEX deliveries_of_job ON deliveries (seq);

-- Whoever ends a job, now or in times to come: the row is there in the same transaction. The id is
-- made of the job's, so that no end is told under two names. The receiver is the URL up to the first
-- slash after the scheme's two (the ninth character is in the host, or is that slash).
CREATE TRIGGER jobs_webhook AFTER UPDATE OF state ON jobs
WHEN NEW.webhook IS NOT NULL AND NEW.state IN ('succeeded', 'failed', 'canceled', 'expired')
BEGIN
  INSERT INTO deliveries (id, seq, event, receiver, created_at, next_at)
  SELECT 'msg_' || replace(NEW.id, '-', ''), NEW.seq, 'job.' || NEW.state,
         substr(webhook, 1, instr(substr(webhook, 9), '/') + 7),
         NEW.completed_at, NEW.completed_at
    FROM job_inputs WHERE seq = NEW.seq;
END;

CREATE TRIGGER job_inputs_webhook AFTER DELETE ON job_inputs
WHEN OLD.webhook IS NOT NULL
BEGIN
  UPDATE deliveries
     SET receiver = '', next_at = NULL,
         state = CASE state WHEN 'pending' THEN 'disabled' ELSE state END
   WHERE seq = OLD.seq;
END;

CREATE TRIGGER jobs_webhook_dropped AFTER DELETE ON jobs
WHEN OLD.webhook IS NOT NULL
BEGIN
  DELETE FROM deliveries WHERE seq = OLD.seq;
END;
