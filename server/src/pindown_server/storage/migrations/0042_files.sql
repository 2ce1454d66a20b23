-- Uploaded files: what is known of them, while what they hold lies in the data folder. A reference
-- says that a pin shows a file, and that whoever wrote it there could read the file.

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX files_owner ON files (owner_id, created_at DESC, id DESC);

CREATE TABLE file_references (
    file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    PRIMARY KEY (file_id, pin_id)
);
CREATE INDEX file_references_pin ON file_references (pin_id);
