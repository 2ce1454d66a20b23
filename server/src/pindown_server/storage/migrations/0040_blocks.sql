-- The blocks of a pin, in order, as a JSON list; NULL where it has none. They are read, written
-- and kept in its history together with it.

ALTER TABLE pins ADD COLUMN blocks TEXT;
