-- Roles that wait for somebody who has no account yet. Of the token only the digest is kept.

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    thing_id TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (thing_id, email)
);
CREATE INDEX invitations_inviter ON invitations (invited_by, created_at);
CREATE INDEX invitations_age ON invitations (expires_at);
