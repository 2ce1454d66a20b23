"""The past of pinboards: what each said, and which pins lay where. Its SQL stands here too."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from ..door.caller import Caller
from ..errors import NotFound
from ..pins.pin import FIRST_THINNED
from ..storage import Reader, Transaction
from ..storage.thinning import Line, Shelf
from . import store
from .pinboard import Pinboard
from .places import Place

MOST_AT_ONCE: Final = 100  # revisions taken away in one transaction; each holds up to 1,000 places

SHELF = Shelf(
    name="pinboards",
    due="""SELECT id, kept_bytes FROM pinboards WHERE thin_at <= :now
        ORDER BY thin_at LIMIT 1 {lock}""",
    save="""UPDATE pinboards SET thin_at = :thin_at,
        kept_bytes = CASE WHEN kept_bytes > :freed THEN kept_bytes - :freed ELSE 0 END
        WHERE id = :id""",
    lines=(
        Line(
            name="revisions",
            read="""SELECT revision, at, at, CASE WHEN by_key IS NULL AND by_user <> ''
                THEN 1 ELSE 0 END, octet_length(details) + octet_length(places)
                FROM board_revisions
                WHERE pinboard_id = :id AND revision >= :mark ORDER BY revision LIMIT :most""",
            oldest="""SELECT revision, at, at, 0, octet_length(details) + octet_length(places)
                FROM board_revisions WHERE pinboard_id = :id AND revision >= :mark
                AND (by_key IS NOT NULL OR by_user = '') AND revision <
                    (SELECT p.revision FROM pinboards p WHERE p.id = :id)
                ORDER BY revision LIMIT :most""",
            drop="DELETE FROM board_revisions WHERE pinboard_id = :id AND revision IN (:keys*)",
        ),
    ),
)

_KEEP = """INSERT INTO board_revisions
    (pinboard_id, revision, at, by_user, by_key, what, details, places)
    SELECT id, revision, updated_at, :by_user, :by_key, :what, :details, :places
    FROM pinboards WHERE id = :id
    ON CONFLICT (pinboard_id, revision) DO UPDATE SET places = excluded.places"""
_NOTE = """UPDATE pinboards SET kept_bytes = kept_bytes + :size, thin_at =
    CASE WHEN thin_at IS NULL OR thin_at > updated_at + :first THEN updated_at + :first
    ELSE thin_at END WHERE id = :id"""
_READ = """SELECT revision, at, by_user, by_key, what, details, places
    FROM board_revisions WHERE pinboard_id = :id"""
DETAILS: Final = ("title", "description", "tags", "metadata")
_encode = msgspec.json.Encoder().encode


async def keep_revision(tx: Transaction, caller: Caller | None, board_id: str, what: str) -> None:
    """Keep the pinboard as it is now in its history; without a caller it changed by itself."""
    row = await tx.find(
        f"SELECT {', '.join(DETAILS)} FROM pinboards WHERE id = :id", {"id": board_id}
    )
    places = (await store.list_places(tx, [board_id]))[board_id]
    details = _encode(dict(zip(DETAILS, row or (), strict=True))).decode()
    stored = _encode([msgspec.structs.astuple(place)[1:] for place in places]).decode()
    by_user = "" if caller is None else caller.user_id
    by_key = None if caller is None else caller.key_id or None
    values = {"id": board_id, "by_user": by_user, "by_key": by_key, "what": what}
    await tx.run(_KEEP, {**values, "details": details, "places": stored})
    size = len(details.encode()) + len(stored.encode())
    await tx.run(_NOTE, {"id": board_id, "size": size, "first": FIRST_THINNED})


async def find_as_of(reader: Reader, board_id: str, at: int) -> Sequence[Any] | None:
    """The revision that was current at a point in time."""
    return await reader.find(
        f"{_READ} AND at <= :at ORDER BY at DESC, revision DESC LIMIT 1",
        {"id": board_id, "at": at},
    )


async def find_oldest(reader: Reader, board_id: str) -> int | None:
    """When the oldest revision was made that is kept."""
    row = await reader.find(
        "SELECT at FROM board_revisions WHERE pinboard_id = :id ORDER BY revision LIMIT 1",
        {"id": board_id},
    )
    return row[0] if row else None


async def get_revision(reader: Reader, board_id: str, revision: int) -> Sequence[Any]:
    """A revision by its number; raises NotFound."""
    row = await reader.find(
        f"{_READ} AND revision = :revision", {"id": board_id, "revision": revision}
    )
    if row is None:
        raise NotFound("Revision")
    return row


async def list_revisions(
    reader: Reader, board_id: str, limit: int, offset: int
) -> tuple[Sequence[Sequence[Any]], int]:
    """`(revision, at, by_user, by_key, what)` of a pinboard's history, newest first."""
    total = await reader.find(
        "SELECT count(*) FROM board_revisions WHERE pinboard_id = :id", {"id": board_id}
    )
    rows = await reader.rows(
        "SELECT revision, at, by_user, by_key, what FROM board_revisions"
        " WHERE pinboard_id = :id ORDER BY revision DESC LIMIT :limit OFFSET :offset",
        {"id": board_id, "limit": limit, "offset": offset},
    )
    return rows, total[0] if total else 0


async def remove_slice(tx: Transaction, board_id: str) -> int:
    """Take away some of the past of a pinboard that goes for good; how much, 0 at the end."""
    return await tx.run(
        "DELETE FROM board_revisions WHERE pinboard_id = :id AND revision IN"
        " (SELECT r.revision FROM board_revisions r WHERE r.pinboard_id = :id"
        " ORDER BY r.revision LIMIT :most)",
        {"id": board_id, "most": MOST_AT_ONCE},
    )


def as_it_was(board: Pinboard, row: Sequence[Any]) -> tuple[Pinboard, list[Place]]:
    """The pinboard and its places as a revision kept them."""
    old = msgspec.json.decode(row[5])
    places = [Place(board.id, *place) for place in msgspec.json.decode(row[6])]
    was = msgspec.structs.replace(board, revision=row[0], updated_at=row[1], **old)
    return was, sorted(places, key=lambda place: (place.y, place.x, place.pin_id))
