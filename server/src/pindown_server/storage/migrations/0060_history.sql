-- The past of pins: when values were observed, what of it has to be thinned and when; the bin.

-- `observed_at`: when the value that is shown was true. `thin_at`: when the history is next to be
-- thinned. `kept_bytes`: how much of it there is.
ALTER TABLE pins ADD COLUMN observed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pins ADD COLUMN thin_at BIGINT;
ALTER TABLE pins ADD COLUMN kept_bytes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN observed_at BIGINT NOT NULL DEFAULT 0;
UPDATE revisions SET observed_at = at;
UPDATE pins SET observed_at = pushed_at,
    thin_at = CASE WHEN revision > 1 THEN updated_at END,
    kept_bytes = (SELECT coalesce(sum(length(r.config) + length(r.details)), 0)
        FROM revisions r WHERE r.pin_id = pins.id);
CREATE INDEX pins_thin ON pins (thin_at) WHERE thin_at IS NOT NULL;

-- Values that were older than the one shown when they came.
CREATE TABLE observations (
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    came_at BIGINT NOT NULL,
    by_user TEXT NOT NULL,
    by_key TEXT,
    config TEXT NOT NULL,
    PRIMARY KEY (pin_id, at)
);

-- How far each stage of thinning has come in the past of a thing.
CREATE TABLE thinned (
    thing_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    mark BIGINT NOT NULL,
    PRIMARY KEY (thing_id, stage)
);

-- What one node at a time may do, and until when it is this one.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);

-- What lies in somebody's bin, and what has lain there long enough.
CREATE INDEX pins_bin ON pins (owner_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX pinboards_bin ON pinboards (owner_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX pinboards_deleted ON pinboards (deleted_at) WHERE deleted_at IS NOT NULL;
