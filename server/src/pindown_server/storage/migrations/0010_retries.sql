-- What was answered to calls with an Idempotency-Key, so that a repeated call is answered the same.
-- key_id is empty for somebody signed in. A status of 0 is a call that is being answered.
CREATE TABLE retries (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key_id TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    at BIGINT NOT NULL,
    status BIGINT NOT NULL,
    answer TEXT NOT NULL,
    etag TEXT,
    PRIMARY KEY (user_id, key_id, name)
);
CREATE INDEX retries_caller ON retries (user_id, key_id, at);
CREATE INDEX retries_age ON retries (at);
