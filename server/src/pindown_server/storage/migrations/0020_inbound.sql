-- Pins by the name they are pushed to: one of each name per owner.
CREATE TABLE pushed_pins (
    owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    PRIMARY KEY (owner_id, name)
);
CREATE INDEX pushed_pins_pin ON pushed_pins (pin_id);

-- The pinboard on which an owner's pushed pins are placed first.
CREATE TABLE inboxes (
    owner_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    pinboard_id TEXT NOT NULL REFERENCES pinboards (id) ON DELETE CASCADE
);
CREATE INDEX inboxes_pinboard ON inboxes (pinboard_id);

-- Secret addresses that set the value of one pin. Of the secret only its digest is kept.
CREATE TABLE push_addresses (
    id TEXT PRIMARY KEY,
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    digest TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    by_key TEXT,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX push_addresses_pin ON push_addresses (pin_id, created_at);
CREATE INDEX push_addresses_owner ON push_addresses (owner_id);
