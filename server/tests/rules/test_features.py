"""What a feature's files may do."""

import re

import pytest
from house import FEATURES, SERVER, Source, sources
from pindown_server.storage.migrate import list_migrations

# Files of a feature that announce, beside its actions.py; each is told why.
ANNOUNCERS: dict[str, str] = {}

# Whose each table is. A table stands in one feature's store.py and nowhere else …
OWNERS = {
    "schema_versions": "storage/migrate.py",
    "retries": "door/store.py",
    "audit": "audit/store.py",
    "users": "people/store.py",
    "sessions": "people/store.py",
    "links": "people/store.py",
    "api_keys": "keys/store.py",
    "pins": "pins/store.py",
    "pin_tags": "pins/store.py",
    "revisions": "pins/store.py",
    "observations": "pins/past.py",
    "board_revisions": "pinboards/past.py",
    "thinned": "storage/thinning.py",
    "leases": "storage/lease.py",
    "pin_sources": "pins/sources/store.py",
    "datasets": "datasets/store.py",
    "dataset_revisions": "datasets/store.py",
    "names_held": "datasets/store.py",
    "pinboards": "pinboards/store.py",
    "placements": "pinboards/store.py",
    "roles": "pinboards/roles/store.py",
    "role_members": "pinboards/roles/store.py",
    "asked_roles": "pinboards/roles/store.py",
    "grants": "sharing/store.py",
    "pushed_pins": "inbound/store.py",
    "inboxes": "inbound/store.py",
    "push_addresses": "inbound/store.py",
    "invitations": "sharing/invitations/store.py",
    "pages": "pages/store.py",
    "page_pins": "pages/store.py",
    "comments": "comments/store.py",
    "files": "files/store.py",
    "file_references": "files/store.py",
}
# … but for these: what the caller may see has to be part of the query.
JOINED = {"grants", "placements", "page_pins", "asked_roles", "role_members"}
JOINERS = {
    f"{feature}/store.py" for feature in ("pins", "pinboards", "pages", "files", "comments")
} | {"pins/sight.py", "pinboards/roles/store.py"}

# What else is joined, and why that cannot be asked of its owner.
EXCEPTIONS = {
    # All that draws from a dataset gets its next version in one statement.
    ("pins/sources/store.py", "pins"),
    # How much of many pins is read is part of whichever statement reads them.
    ("pins/room.py", "pins"),
    # A placed pin opens to its pinboard's or page's audience, judged when it is viewed.
    ("pins/sight.py", "pins"),
    ("pins/sight.py", "pinboards"),
    ("pins/sight.py", "pages"),
    # The past is read and thinned by its own rules; what is due stands with the pin.
    ("pins/past.py", "revisions"),
    ("pins/past.py", "pins"),
    ("pinboards/past.py", "pinboards"),
    # One list over all kinds, in one order, of which only a part is read.
    ("bin/store.py", "pins"),
    ("bin/store.py", "pinboards"),
    ("bin/store.py", "pages"),
    ("bin/store.py", "datasets"),
    # Whom a key stands for is read in one query: it is on the way of every call.
    ("keys/store.py", "users"),
    # Words are looked for in all that somebody has at once; who sees it is asked of its owner.
    ("search/store.py", "pins"),
    ("search/store.py", "pinboards"),
    ("search/store.py", "placements"),
    ("search/store.py", "pages"),
    ("search/store.py", "datasets"),
    ("search/store.py", "page_pins"),
    ("search/store.py", "grants"),
}

# A table is named after these words, and nothing else in a text of ours reads like that.
TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+(?:ONLY\s+)?([a-z_]{3,})\b")


def test_announcements_are_made_by_actions_only() -> None:
    for source in sources():
        if not source.name.endswith("/actions.py") and source.name not in ANNOUNCERS:
            assert source.calls("announce") == [], f"{source.name} announces"


def test_every_table_has_an_owner() -> None:
    made = set()
    for migration in list_migrations():
        made |= set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", migration.sql))
    assert made - set(OWNERS) == set(), "name their store in OWNERS"


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_tables_are_touched_by_their_own_store_only(source: Source) -> None:
    for table in used_tables(source):
        is_own = OWNERS[table] == source.name
        is_joined = table in JOINED and source.name in JOINERS
        is_excepted = (source.name, table) in EXCEPTIONS
        assert is_own or is_joined or is_excepted, f"{source.name} touches {table}"


def test_the_rule_of_tables_finds_what_it_looks_for() -> None:
    found = {source.name: used_tables(source) for source in sources()}
    assert found["pins/store.py"] >= {"pins", "grants"}
    assert found["people/store.py"] >= {"users", "sessions"}


def test_no_folder_is_named_after_nothing() -> None:
    for path in SERVER.rglob("*"):
        assert path.stem not in {"utils", "common", "core", "helpers", "services", "managers"}


def test_every_exception_is_still_needed() -> None:
    used = {(source.name, table) for source in sources() for table in used_tables(source)}
    assert used >= EXCEPTIONS


def test_stores_and_actions_are_given_their_transaction() -> None:
    for source in sources():
        if source.feature in FEATURES and source.path.name in {"store.py", "actions.py"}:
            assert source.calls("transaction") == [], f"{source.name} opens a transaction"


def used_tables(source: Source) -> set[str]:
    return {table for text in source.texts() for table in TABLE.findall(text) if table in OWNERS}
