-- Pages: pins in an order, to be read from top to bottom.

CREATE TABLE pages (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    is_public BIGINT NOT NULL,
    require_sign_in BIGINT NOT NULL,
    expires_at BIGINT,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX pages_owner ON pages (owner_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL;

-- Which pins stand on a page; a smaller position is further up.
CREATE TABLE page_pins (
    page_id TEXT NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    placed_by TEXT NOT NULL,
    may_open BIGINT NOT NULL,
    placed_at BIGINT NOT NULL,
    PRIMARY KEY (page_id, pin_id)
);
CREATE INDEX page_pins_pin ON page_pins (pin_id);
