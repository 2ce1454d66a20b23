-- Who did what that matters for safety. No foreign keys: what somebody did stays when they are gone.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    address TEXT NOT NULL,
    what TEXT NOT NULL,
    thing_id TEXT NOT NULL,
    details TEXT NOT NULL
);
CREATE INDEX audit_user ON audit (user_id, at DESC, id DESC);
CREATE INDEX audit_thing ON audit (thing_id);
CREATE INDEX audit_age ON audit (at);
