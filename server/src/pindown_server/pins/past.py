"""The SQL of a pin's past: what was at a point in time, values that came late, what goes.

Revisions of a pin are in the order of time, so a point in time is found among them by halving,
through their key: no index on times has to be kept up by every push. A CROSS JOIN tells SQLite in
which order to go: first what was searched for, then the few rows that belong to it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..clock import iso
from ..door.caller import Caller
from ..errors import ValidationFailed, invalid
from ..storage import Reader, Transaction
from ..storage.thinning import Line, Shelf, lower_marks
from .pin import Pin

OBSERVATIONS = "observed"

SHELF = Shelf(
    name="pins",
    due="""SELECT id, kept_bytes FROM pins WHERE thin_at <= :now
        ORDER BY thin_at LIMIT 1 {lock}""",
    save="""UPDATE pins SET thin_at = :thin_at,
        kept_bytes = CASE WHEN kept_bytes > :freed THEN kept_bytes - :freed ELSE 0 END
        WHERE id = :id""",
    lines=(
        Line(
            name="revisions",
            read="""SELECT revision, at, observed_at, CASE WHEN by_key IS NULL THEN 1 ELSE 0 END,
                octet_length(config) + octet_length(details) FROM revisions
                WHERE pin_id = :id AND revision >= :mark ORDER BY revision LIMIT :most""",
            oldest="""SELECT revision, at, observed_at, 0,
                octet_length(config) + octet_length(details) FROM revisions
                WHERE pin_id = :id AND revision >= :mark AND by_key IS NOT NULL
                AND revision < (SELECT p.revision FROM pins p WHERE p.id = :id)
                ORDER BY revision LIMIT :most""",
            drop="DELETE FROM revisions WHERE pin_id = :id AND revision IN (:keys*)",
        ),
        Line(
            name=OBSERVATIONS,
            read="""SELECT at, at, at, CASE WHEN by_key IS NULL THEN 1 ELSE 0 END,
                octet_length(config) FROM observations
                WHERE pin_id = :id AND at >= :mark ORDER BY at LIMIT :most""",
            oldest="""SELECT at, at, at, 0, octet_length(config) FROM observations
                WHERE pin_id = :id AND at >= :mark ORDER BY at LIMIT :most""",
            drop="DELETE FROM observations WHERE pin_id = :id AND at IN (:keys*)",
        ),
    ),
)

# Bytes of the past that are read in one go. Of more the small ones come whole, and the rest without
# config and details.
MOST_READ = 16 * 1024 * 1024
BYTES = "(octet_length(r.config) + octet_length(r.details))"

# The last revision of each pin that came before a time. `low` grows by `step` wherever the state
# of then is not newer, and `step` halves until it is nothing.
AS_OF = f"""WITH RECURSIVE search (pin_id, low, step) AS (
        SELECT pins.id, CAST(0 AS BIGINT), CAST(:step AS BIGINT) FROM pins WHERE pins.id IN (:ids*)
        UNION ALL
        SELECT pin_id, low + CASE WHEN (SELECT q.at FROM revisions q
            WHERE q.pin_id = search.pin_id AND q.revision <= search.low + search.step
            ORDER BY q.revision DESC LIMIT 1) > :at THEN 0 ELSE step END, step / 2
        FROM search WHERE step > 0)
    , sized AS (SELECT r.pin_id, r.revision,
            sum({BYTES}) OVER (ORDER BY {BYTES}, r.pin_id) AS so_far
        FROM search CROSS JOIN revisions r
        WHERE search.step = 0 AND r.pin_id = search.pin_id
        AND r.revision = (SELECT q.revision FROM revisions q WHERE q.pin_id = search.pin_id
            AND q.revision <= search.low ORDER BY q.revision DESC LIMIT 1))
    SELECT r.revision, r.at, r.by_user, r.by_key, r.what,
        CASE WHEN so_far <= :most THEN r.config ELSE '' END,
        CASE WHEN so_far <= :most THEN r.details ELSE '' END, r.pin_id
    FROM sized CROSS JOIN revisions r
    WHERE r.pin_id = sized.pin_id AND r.revision = sized.revision"""

# The ends of stretches of time, each `:width` ms long.
MOMENTS = """moments (moment) AS (
        SELECT CAST(:first AS BIGINT)
        UNION ALL
        SELECT moment + CAST(:width AS BIGINT) FROM moments WHERE moment < :last)"""

# The number of the last revision whose value was observed by each of the moments.
NUMBERS = f"""WITH RECURSIVE {MOMENTS}, search (moment, low, step) AS (
        SELECT moment, CAST(0 AS BIGINT), CAST(:step AS BIGINT) FROM moments
        UNION ALL
        SELECT moment, low + CASE WHEN (SELECT q.observed_at FROM revisions q
            WHERE q.pin_id = :id AND q.revision <= search.low + search.step
            ORDER BY q.revision DESC LIMIT 1) > search.moment THEN 0 ELSE step END, step / 2
        FROM search WHERE step > 0)"""

# The last value of each stretch of time.
LAST_VALUES = f"""{NUMBERS}
    SELECT r.observed_at, r.config FROM (SELECT moment, (SELECT q.revision FROM revisions q
            WHERE q.pin_id = :id AND q.revision <= search.low
            ORDER BY q.revision DESC LIMIT 1) AS number FROM search WHERE step = 0) AS found
    CROSS JOIN revisions r
    WHERE r.pin_id = :id AND r.revision = found.number
        AND r.observed_at > found.moment - :width"""
LAST_OBSERVED = f"""WITH RECURSIVE {MOMENTS}
    SELECT o.at, o.config FROM moments CROSS JOIN observations o WHERE o.pin_id = :id
        AND o.at = (SELECT max(q.at) FROM observations q WHERE q.pin_id = :id
            AND q.at > moments.moment - :width AND q.at <= moments.moment)"""


class Stretch(NamedTuple):
    """A stretch of time in equal parts: the end of the first part, of the last, their length."""

    first: int
    last: int
    width: int


def _step(revision: int) -> int:
    """Where halving begins for pins up to this revision."""
    return 1 << revision.bit_length()


async def list_as_of(reader: Reader, pins: Sequence[Pin], at: int) -> dict[str, tuple[Any, ...]]:
    """The revision of each pin that was current at a point in time, where it has one.

    `(revision, at, by_user, by_key, what, config, details)`; of very much, some without the last two.
    """
    if not pins:
        return {}
    rows = await reader.rows(
        AS_OF,
        {
            "ids": [pin.id for pin in pins],
            "at": at,
            "step": _step(max(pin.revision for pin in pins)),
            "most": MOST_READ,
        },
    )
    return {row[-1]: tuple(row)[:-1] for row in rows}


async def find_oldest(reader: Reader, pin_id: str) -> int | None:
    """When the oldest revision was made that is kept."""
    row = await reader.find(
        "SELECT at FROM revisions WHERE pin_id = :id ORDER BY revision LIMIT 1", {"id": pin_id}
    )
    return row[0] if row else None


def too_old(thing: str, oldest: int | None) -> ValidationFailed:
    """What is said to who asks for a time of which nothing is kept, and from when on something is."""
    if oldest is None:
        return invalid("as_of", f"Nothing is kept of this {thing}'s past", "leave out as_of")
    since = iso(oldest)
    message = f"Nothing is kept of this {thing} from before {since}: ask for a later time"
    return invalid("as_of", message, f"{since} or later")


async def list_last_values(reader: Reader, pin: Pin, stretch: Stretch) -> list[tuple[int, str]]:
    """`(observed at, config)` of the last value in each part of a stretch of time, in order."""
    values = {"id": pin.id, **stretch._asdict()}
    shown = await reader.rows(LAST_VALUES, {**values, "step": _step(pin.revision)})
    late = await reader.rows(LAST_OBSERVED, values)
    return sorted((row[0], row[1]) for row in (*shown, *late))


async def find_range(reader: Reader, pin: Pin, since: int, until: int) -> tuple[int, int]:
    """Of which revisions the values were observed then: after the first number, to the second."""
    values = {"id": pin.id, "step": _step(pin.revision)}
    stretch = Stretch(since - 1, until, until - since + 1)
    rows = await reader.rows(
        f"{NUMBERS} SELECT low FROM search WHERE step = 0 ORDER BY moment",
        {**values, **stretch._asdict()},
    )
    return rows[0][0], rows[-1][0]


async def count_values(
    reader: Reader, pin: Pin, numbers: tuple[int, int], since: int, until: int, most: int
) -> int:
    """How many values of a stretch of time are kept, counted no further than `most`."""
    row = await reader.find(
        """SELECT (SELECT count(*) FROM (SELECT 1 FROM revisions WHERE pin_id = :id
                AND revision > :after AND revision <= :to LIMIT :most) AS shown)
            + (SELECT count(*) FROM (SELECT 1 FROM observations WHERE pin_id = :id
                AND at >= :since AND at <= :until LIMIT :most) AS late)""",
        {
            "id": pin.id,
            "after": numbers[0],
            "to": numbers[1],
            "since": since,
            "until": until,
            "most": most,
        },
    )
    return row[0] if row else 0


async def list_shown(
    reader: Reader, pin_id: str, after: int, to: int, most: int
) -> Sequence[tuple[Any, ...]]:
    """`(revision, observed at, config)` of revisions after a number, in order."""
    return await reader.rows(
        "SELECT revision, observed_at, config FROM revisions WHERE pin_id = :id"
        " AND revision > :after AND revision <= :to ORDER BY revision LIMIT :most",
        {"id": pin_id, "after": after, "to": to, "most": most},
    )


async def list_late(
    reader: Reader, pin_id: str, after: int, to: int, most: int
) -> Sequence[tuple[Any, ...]]:
    """`(at, at, config)` of values that came late, observed after a time, in order."""
    return await reader.rows(
        "SELECT at, at, config FROM observations WHERE pin_id = :id"
        " AND at > :after AND at <= :to ORDER BY at LIMIT :most",
        {"id": pin_id, "after": after, "to": to, "most": most},
    )


async def find_first(reader: Reader, pin_id: str) -> int | None:
    """When the oldest value was observed that is kept."""
    row = await reader.find(
        """SELECT (SELECT observed_at FROM revisions WHERE pin_id = :id ORDER BY revision LIMIT 1),
            (SELECT min(at) FROM observations WHERE pin_id = :id)""",
        {"id": pin_id},
    )
    return min((at for at in row or () if at is not None), default=None)


async def add_observation(tx: Transaction, pin: Pin, caller: Caller, at: int, came_at: int) -> None:
    """Keep a value that was true before the one shown; of the same time the last counts."""
    await tx.run(
        """INSERT INTO observations (pin_id, at, came_at, by_user, by_key, config)
        VALUES (:id, :at, :came_at, :by_user, :by_key, :config)
        ON CONFLICT (pin_id, at) DO UPDATE SET came_at = excluded.came_at,
            by_user = excluded.by_user, by_key = excluded.by_key, config = excluded.config""",
        {
            "id": pin.id,
            "at": at,
            "came_at": came_at,
            "by_user": caller.user_id,
            "by_key": caller.key_id or None,
            "config": pin.config,
        },
    )
    await lower_marks(tx, pin.id, OBSERVATIONS, at)


async def remove_slice(tx: Transaction, pin_id: str, most: int) -> int:
    """Take away some of the past of a pin that goes for good; how much, 0 when there is none."""
    removed = await tx.run(
        "DELETE FROM revisions WHERE pin_id = :id AND revision IN (SELECT r.revision FROM"
        " revisions r WHERE r.pin_id = :id ORDER BY r.revision LIMIT :most)",
        {"id": pin_id, "most": most},
    )
    if removed:
        return removed
    return await tx.run(
        "DELETE FROM observations WHERE pin_id = :id AND at IN (SELECT o.at FROM"
        " observations o WHERE o.pin_id = :id ORDER BY o.at LIMIT :most)",
        {"id": pin_id, "most": most},
    )
