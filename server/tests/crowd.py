"""Many people with many things, loaded through SQL in a moment: for query plans and measurements.

Everything has numbers: the pin number n belongs to the user n modulo users, and so on.
"""

from typing import NamedTuple

from pindown_server.clock import DAY, MINUTE, now
from pindown_server.storage import Database
from pindown_server.storage.postgres import PostgresDatabase

SLICE = 10_000  # numbers whose rows are stored in one transaction
FIRST = 100_000_000_000  # so that each number has the twelve digits of an id


class Crowd(NamedTuple):
    """How many of everything there are."""

    users: int
    pins: int
    revisions: int  # of each pin
    boards: int  # and as many pages
    on_board: int  # pins of the owner of each, besides one of somebody else's
    shared: int  # pins and boards that each user was given a role on

    def user(self, number: int) -> str:
        """The id of a user."""
        return f"usr_{FIRST + number}"

    def pin(self, number: int) -> str:
        """The id of a pin."""
        return f"p-{FIRST + number}"

    def is_there(self, number: int) -> bool:
        """Whether the pin with this number is not in the bin."""
        return number % 49 != 1

    def board(self, number: int) -> str:
        """The id of a pinboard."""
        return f"pb-{FIRST + number}"


def _insert(table: str, columns: dict[str, str], *, of: str, also: str = "") -> str:
    """Rows for the numbers i from :first to :last, at most :{of} - 1, of which columns are made."""
    return f"""INSERT INTO {table} ({", ".join(columns)})
        WITH RECURSIVE n (i) AS (SELECT CAST(:first AS BIGINT)
            UNION ALL SELECT i + 1 FROM n WHERE i < :last AND i + 1 < :{of})
        SELECT {", ".join(columns.values())} FROM n{also}"""


def _id(prefix: str, number: str) -> str:
    return f"'{prefix}' || CAST({FIRST} + ({number}) AS TEXT)"


USERS = {
    "id": _id("usr_", "i"),
    "email": "'user' || CAST(i AS TEXT) || '@crowd.example'",
    "name": "'User'",
    "tier": "'self-hosted'",
    "created_at": "CAST(:start AS BIGINT) + i",
    "updated_at": "CAST(:start AS BIGINT) + i",
}
PINS = {
    "id": _id("p-", "i"),
    "owner_id": _id("usr_", "i % :users"),
    "title": "'Sales of shop ' || CAST(i AS TEXT)",
    "description": "'What was sold today'",
    "pin_type": "CASE WHEN i % 3 = 0 THEN 'markdown' ELSE 'stat-cards' END",
    "pin_layout": "'1x1'",
    "data_type": "'pin-card'",
    "config": """'{"cards":[{"title":"Sales","value":' || CAST(i AS TEXT) || '}]}'""",
    "tags": """'["shop"]'""",
    "metadata": "'{}'",
    "is_public": "CASE WHEN i % 11 = 0 THEN 1 ELSE 0 END",
    "allow_edit": "0",
    "require_sign_in": "0",
    "allow_comments": "0",
    "expect_every": "3600",
    "pushed_at": "CAST(:now AS BIGINT)",
    "late_at": "CASE WHEN i % 49 = 1 THEN NULL ELSE CAST(:now AS BIGINT) + 3600000 + i END",
    "late_told": "0",
    "revision": ":revisions",
    "version": ":revisions",
    "created_at": "CAST(:start AS BIGINT) + i",
    "updated_at": "CAST(:now AS BIGINT)",
    "deleted_at": "CASE WHEN i % 49 = 1 THEN CAST(:now AS BIGINT) - i ELSE NULL END",
    "observed_at": "CAST(:now AS BIGINT)",
    "thin_at": "CAST(:now AS BIGINT) + 3600000 + i",
}
REVISIONS = {
    "pin_id": _id("p-", "i"),
    "revision": "r.k",
    "at": "CAST(:now AS BIGINT) - (:revisions - r.k) * 60000",
    "observed_at": "CAST(:now AS BIGINT) - (:revisions - r.k) * 60000",
    "by_user": _id("usr_", "i % :users"),
    "by_key": "'key_x'",
    "what": "'config'",
    "config": """'{"cards":[{"title":"Sales","value":' || CAST(r.k AS TEXT) || '}]}'""",
    "details": (
        """'{"title":"Sales","description":"","pin_type":"stat-cards","pin_layout":"1x1","""
        """"data_type":"pin-card","dataset_id": null,"tags":["shop"],"metadata":{}}'"""
    ),
}
ROUNDS = """, (WITH RECURSIVE k (k) AS (SELECT CAST(1 AS BIGINT)
    UNION ALL SELECT k + 1 FROM k WHERE k < :revisions) SELECT k FROM k) AS r"""
TAGS = {"pin_id": _id("p-", "i"), "tag": "'shop'"}
BOARDS = {
    "id": _id("pb-", "i"),
    "owner_id": _id("usr_", "i % :users"),
    "title": "'Shops ' || CAST(i AS TEXT)",
    "description": "''",
    "tags": "'[]'",
    "metadata": "'{}'",
    "is_public": "CASE WHEN i % 11 = 0 THEN 1 ELSE 0 END",
    "require_sign_in": "0",
    "allow_comments": "0",
    "revision": "1",
    "created_at": "CAST(:start AS BIGINT) + i",
    "updated_at": "CAST(:now AS BIGINT)",
}
BOARD_REVISIONS = {
    "pinboard_id": _id("pb-", "i"),
    "revision": "1",
    "at": "CAST(:start AS BIGINT)",
    "by_user": _id("usr_", "i % :users"),
    "what": "'created'",
    "details": """'{"title":"Shops","description":"","tags":"[]","metadata":"{}"}'""",
    "places": "'[]'",
}
# The j-th place of board i holds a pin of the board's owner; the last one the next user's.
PLACEMENTS = {
    "pinboard_id": _id("pb-", "i"),
    "pin_id": _id(
        "p-", "(i % :users + CASE WHEN j.j = :on_board THEN 1 ELSE 0 END) % :users + j.j * :users"
    ),
    "x": "(j.j % 4) * 3",
    "y": "(j.j / 4) * 2",
    "w": "3",
    "h": "2",
    "mobile_x": "0",
    "mobile_y": "j.j",
    "mobile_w": "2",
    "mobile_h": "1",
    "placed_by": _id("usr_", "i % :users"),
    "may_open": "1",
    "placed_at": "CAST(:start AS BIGINT)",
}
PLACES = """, (WITH RECURSIVE j (j) AS (SELECT CAST(0 AS BIGINT)
    UNION ALL SELECT j + 1 FROM j WHERE j < :on_board) SELECT j FROM j) AS j"""
# Each user has a role on pins and boards of those that come after it.
GRANTS = {
    "user_id": _id("usr_", "i"),
    "role": "CASE WHEN s.s % 2 = 0 THEN 'viewer' ELSE 'editor' END",
    "given_by": _id("usr_", "i"),
    "given_at": "CAST(:start AS BIGINT)",
}
ON_PINS = {"thing_id": _id("p-", "(i + 1 + s.s) % :pins"), **GRANTS}
ON_BOARDS = {"thing_id": _id("pb-", "(i + 1 + s.s) % :boards"), **GRANTS}
SHARED = """, (WITH RECURSIVE s (s) AS (SELECT CAST(0 AS BIGINT)
    UNION ALL SELECT s + 1 FROM s WHERE s + 1 < :shared) SELECT s FROM s) AS s"""

PAGES = {
    "id": _id("pg-", "i"),
    "owner_id": _id("usr_", "i % :users"),
    "title": "'Report ' || CAST(i AS TEXT)",
    "description": "''",
    "tags": "'[]'",
    "metadata": "'{}'",
    "is_public": "0",
    "require_sign_in": "0",
    "revision": "1",
    "created_at": "CAST(:start AS BIGINT) + i",
    "updated_at": "CAST(:now AS BIGINT)",
}
ON_PAGES = {
    "page_id": _id("pg-", "i"),
    "pin_id": _id("p-", "i % :users + j.j * :users"),
    "position": "j.j",
    "placed_by": _id("usr_", "i % :users"),
    "may_open": "1",
    "placed_at": "CAST(:start AS BIGINT)",
}
LATE = {
    "pin_id": _id("p-", "i"),
    "at": "CAST(:start AS BIGINT)",
    "came_at": "CAST(:now AS BIGINT)",
    "by_user": _id("usr_", "i % :users"),
    "by_key": "'key_x'",
    "config": """'{"cards":[{"title":"Sales","value":0}]}'""",
}

STATEMENTS = tuple(
    (_insert(table, columns, of=of, also=also), of)
    for table, columns, of, also in (
        ("users", USERS, "users", ""),
        ("pins", PINS, "pins", ""),
        ("pin_tags", TAGS, "pins", ""),
        ("revisions", REVISIONS, "pins", ROUNDS),
        ("pinboards", BOARDS, "boards", ""),
        ("board_revisions", BOARD_REVISIONS, "boards", ""),
        ("placements", PLACEMENTS, "boards", PLACES),
        ("pages", PAGES, "boards", ""),
        ("page_pins", ON_PAGES, "boards", PLACES),
        ("observations", LATE, "pins", ""),
        ("grants", ON_PINS, "users", SHARED),
        ("grants", ON_BOARDS, "users", SHARED),
    )
)
LOADED = frozenset(statement.split()[2] for statement, _ in STATEMENTS)  # the tables


async def bring_crowd(database: Database, crowd: Crowd) -> None:
    """Store everything, a few statements for each table.

    PostgreSQL then counts, as it does by itself after a while; SQLite plans without, as it does
    in production.
    """
    values = {**crowd._asdict(), "now": now() - MINUTE, "start": now() - 100 * DAY}
    for statement, of in STATEMENTS:
        for first in range(0, getattr(crowd, of), SLICE):
            async with database.transaction() as tx:
                part = {"first": first, "last": first + SLICE - 1}
                await tx.run(statement, {**values, **part})
    if isinstance(database, PostgresDatabase):
        async with database.transaction() as tx:
            await tx.run("ANALYZE", {})
