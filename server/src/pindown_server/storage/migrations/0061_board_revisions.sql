-- The past of pinboards: what they said, and which pins lay where.

ALTER TABLE pinboards ADD COLUMN thin_at BIGINT;
ALTER TABLE pinboards ADD COLUMN kept_bytes BIGINT NOT NULL DEFAULT 0;
CREATE INDEX pinboards_thin ON pinboards (thin_at) WHERE thin_at IS NOT NULL;

CREATE TABLE board_revisions (
    pinboard_id TEXT NOT NULL REFERENCES pinboards (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_user TEXT NOT NULL,
    by_key TEXT,
    what TEXT NOT NULL,
    details TEXT NOT NULL,
    places TEXT NOT NULL,
    PRIMARY KEY (pinboard_id, revision)
);
CREATE INDEX board_revisions_at ON board_revisions (pinboard_id, at);

-- What lies in somebody's bin, and what has lain there long enough.
CREATE INDEX pages_bin ON pages (owner_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX pages_deleted ON pages (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX datasets_bin ON datasets (owner_id, deleted_at) WHERE deleted_at IS NOT NULL;
