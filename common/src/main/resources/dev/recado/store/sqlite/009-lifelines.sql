-- The byte of the file beside this one that the worker's process holds locked for as long as it lives.
-- NULL: a worker of an older version, which holds none; its lease alone says whether it lives.
ALTER TABLE workers ADD COLUMN lifeline INTEGER;
