-- Roles that a pinboard's owner makes up, who holds them, and which pins ask for them there.

CREATE TABLE roles (
    id TEXT PRIMARY KEY,
    pinboard_id TEXT NOT NULL REFERENCES pinboards (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    permissions TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX roles_pinboard ON roles (pinboard_id, created_at);

CREATE TABLE role_members (
    role_id TEXT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (role_id, user_id)
);
CREATE INDEX role_members_user ON role_members (user_id);

-- What takes a pin from a pinboard takes this too.
CREATE TABLE asked_roles (
    pinboard_id TEXT NOT NULL,
    pin_id TEXT NOT NULL,
    role_id TEXT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    PRIMARY KEY (pinboard_id, pin_id, role_id),
    FOREIGN KEY (pinboard_id, pin_id) REFERENCES placements (pinboard_id, pin_id) ON DELETE CASCADE
);
CREATE INDEX asked_roles_role ON asked_roles (role_id);
