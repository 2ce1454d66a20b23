-- Accounts, keys, pins with their revisions, pinboards, and who may do what.
-- Flags are 0 or 1, times are epoch milliseconds, JSON is text: the same on both databases.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT,
    tier TEXT NOT NULL,
    is_admin BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

-- One-time links: the first account's code (user_id null) and setting a password.
CREATE TABLE links (
    digest TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    scopes TEXT NOT NULL,
    resources TEXT,
    tier TEXT,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX api_keys_user ON api_keys (user_id, created_at);

CREATE TABLE pins (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    pin_type TEXT NOT NULL,
    pin_layout TEXT NOT NULL,
    data_type TEXT NOT NULL,
    config TEXT NOT NULL,
    dataset_id TEXT,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    is_public BIGINT NOT NULL,
    allow_edit BIGINT NOT NULL,
    require_sign_in BIGINT NOT NULL,
    allow_comments BIGINT NOT NULL,
    expires_at BIGINT,
    expect_every BIGINT,
    grace BIGINT,
    pushed_at BIGINT NOT NULL,
    late_at BIGINT,
    late_told BIGINT NOT NULL DEFAULT 0,
    revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX pins_owner ON pins (owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX pins_late ON pins (late_at) WHERE late_at IS NOT NULL AND late_told = 0;
CREATE INDEX pins_deleted ON pins (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE pin_tags (
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (pin_id, tag)
);

CREATE TABLE revisions (
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_user TEXT NOT NULL,
    by_key TEXT,
    what TEXT NOT NULL,
    config TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (pin_id, revision)
);

CREATE TABLE pinboards (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata TEXT NOT NULL,
    is_public BIGINT NOT NULL,
    require_sign_in BIGINT NOT NULL,
    allow_comments BIGINT NOT NULL,
    expires_at BIGINT,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX pinboards_owner ON pinboards (owner_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL;

-- Where a pin stands on a pinboard, in slots, on a desktop and on a phone.
CREATE TABLE placements (
    pinboard_id TEXT NOT NULL REFERENCES pinboards (id) ON DELETE CASCADE,
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    x BIGINT NOT NULL,
    y BIGINT NOT NULL,
    w BIGINT NOT NULL,
    h BIGINT NOT NULL,
    mobile_x BIGINT NOT NULL,
    mobile_y BIGINT NOT NULL,
    mobile_w BIGINT NOT NULL,
    mobile_h BIGINT NOT NULL,
    placed_by TEXT NOT NULL,
    may_open BIGINT NOT NULL,
    placed_at BIGINT NOT NULL,
    PRIMARY KEY (pinboard_id, pin_id)
);
CREATE INDEX placements_pin ON placements (pin_id);

-- Roles given to accounts on pins and pinboards.
CREATE TABLE grants (
    thing_id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (thing_id, user_id)
);
CREATE INDEX grants_user ON grants (user_id, thing_id);

-- postgres
CREATE FUNCTION tell_pindown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY pindown_outside;
    RETURN NULL;
END $$;
CREATE TRIGGER users_moved AFTER UPDATE OF password, tier, is_admin OR DELETE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION tell_pindown();
CREATE TRIGGER sessions_moved AFTER DELETE ON sessions
    FOR EACH STATEMENT EXECUTE FUNCTION tell_pindown();
CREATE TRIGGER keys_moved AFTER UPDATE OF scopes, resources, tier, expires_at, digest OR DELETE
    ON api_keys FOR EACH STATEMENT EXECUTE FUNCTION tell_pindown();
CREATE TRIGGER grants_moved AFTER UPDATE OR DELETE ON grants
    FOR EACH STATEMENT EXECUTE FUNCTION tell_pindown();
-- both
