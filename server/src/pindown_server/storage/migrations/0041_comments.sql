-- What people say about a pin or a pinboard; one of the two is named.

CREATE TABLE comments (
    id TEXT PRIMARY KEY,
    pin_id TEXT REFERENCES pins (id) ON DELETE CASCADE,
    pinboard_id TEXT REFERENCES pinboards (id) ON DELETE CASCADE,
    author_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX comments_pin ON comments (pin_id, created_at DESC, id DESC)
    WHERE pin_id IS NOT NULL;
CREATE INDEX comments_pinboard ON comments (pinboard_id, created_at DESC, id DESC)
    WHERE pinboard_id IS NOT NULL;
CREATE INDEX comments_author ON comments (author_id);
