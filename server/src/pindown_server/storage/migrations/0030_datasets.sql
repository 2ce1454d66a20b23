-- Datasets, their past, and which pins draw from which.

-- `thin_at`: when the past is next to be thinned. `kept_bytes`: how much of it there is.
CREATE TABLE datasets (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    description TEXT NOT NULL,
    tags TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    thin_at BIGINT,
    kept_bytes BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX datasets_slug ON datasets (owner_id, slug) WHERE deleted_at IS NULL;
CREATE INDEX datasets_owner ON datasets (owner_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX datasets_deleted ON datasets (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX datasets_thin ON datasets (thin_at) WHERE thin_at IS NOT NULL;

CREATE TABLE dataset_revisions (
    dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_user TEXT NOT NULL,
    by_key TEXT,
    what TEXT NOT NULL,
    slug TEXT NOT NULL,
    data TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (dataset_id, revision)
);

-- What a pin's texts may draw from: {"owner": id, "names": {name: what is allowed}, …}.
ALTER TABLE pins ADD COLUMN sources TEXT;

-- The same for the way back, from the name of a dataset (its slug or id) to the pins.
CREATE TABLE pin_sources (
    pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (pin_id, name)
);
CREATE INDEX pin_sources_name ON pin_sources (owner_id, name, pin_id);

-- One row per owner, held by whoever changes what names mean or who uses which: so that a dataset
-- that is made and a pin that names it in the same moment learn of each other.
CREATE TABLE names_held (
    owner_id TEXT PRIMARY KEY,
    times BIGINT NOT NULL
);
