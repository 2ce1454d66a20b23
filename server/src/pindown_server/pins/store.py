"""The SQL of pins, their tags and revisions."""

from collections.abc import Sequence
from typing import Any

import msgspec

from ..clock import now
from ..door.caller import Caller
from ..errors import NotFound
from ..storage import Reader, Transaction
from . import room
from .pin import Pin
from .room import COLUMNS, FIELDS, HEADS, SIZED, within_room
from .sight import ON_PAGES, PLACED, ROLE

GET = f"SELECT {COLUMNS}, {ROLE} FROM pins WHERE pins.id = :id AND pins.deleted_at IS NULL"
GET_LOCKED = GET + " {lock}"
ASKED = "pins.id IN (:ids*) AND pins.deleted_at IS NULL"
SEEN = f"SELECT {COLUMNS}, {ROLE} FROM pins WHERE {ASKED}"
SEEN_MANY = f"SELECT {SIZED}, {ROLE} FROM {within_room(ASKED)}"
SEEN_HEADS = f"SELECT {HEADS}, {ROLE} FROM pins WHERE {ASKED}"
SEEN_ON = f"SELECT {SIZED}, {ROLE} FROM {within_room(PLACED)}"
SEEN_HEADS_ON = f"SELECT {HEADS}, {ROLE} FROM pins WHERE {PLACED}"
SEEN_ON_PAGES = f"SELECT {SIZED}, {ROLE} FROM {within_room(ON_PAGES)}"
SEEN_HEADS_ON_PAGES = f"SELECT {HEADS}, {ROLE} FROM pins WHERE {ON_PAGES}"
ADD = f"""INSERT INTO pins ({", ".join(FIELDS)})
    VALUES ({", ".join(":" + field for field in FIELDS)})"""
SAVE = f"""UPDATE pins SET {", ".join(f"{field} = :{field}" for field in FIELDS if field != "id")}
    WHERE id = :id"""
SAVE_VALUE = """UPDATE pins SET config = :config, pushed_at = :pushed_at, late_at = :late_at,
    late_told = 0, revision = :revision, version = :version, updated_at = :updated_at,
    history = :history, observed_at = :observed_at, thin_at = :thin_at, kept_bytes = :kept_bytes
    WHERE id = :id"""
KEEP = """INSERT INTO revisions
    (pin_id, revision, at, observed_at, by_user, by_key, what, config, details)
    VALUES (:id, :revision, :at, :observed_at, :by_user, :by_key, :what, :config, :details)"""


async def get_pin(reader: Reader, pin_id: str, caller: Caller, *, lock: bool = False) -> Pin:
    """The pin as the caller may see it; NotFound if it does not exist for them."""
    if caller.resources is not None and pin_id not in caller.resources:
        raise NotFound("Pin")
    row = await reader.find(
        GET_LOCKED if lock else GET, {"id": pin_id, "user": caller.user_id, "now": now()}
    )
    if row is None or row[-1] is None:
        raise NotFound("Pin")
    return Pin(*row)


async def seen_pins(
    reader: Reader, pin_ids: Sequence[str], caller: Caller, most: int | None = None
) -> list[Pin]:
    """Those of the pins that exist for the caller, in the order asked for.

    Of more than `most` bytes some are left out: they come without what they say.
    """
    sql = SEEN if len(pin_ids) <= room.FEW else SEEN_MANY
    return await _seen(reader, sql, pin_ids, caller, room.MOST_READ if most is None else most)


async def seen_heads(reader: Reader, pin_ids: Sequence[str], caller: Caller) -> list[Pin]:
    """The same without what any of them says."""
    return await _seen(reader, SEEN_HEADS, pin_ids, caller, 0)


async def _seen(
    reader: Reader, sql: str, pin_ids: Sequence[str], caller: Caller, most: int
) -> list[Pin]:
    wanted = [pin_id for pin_id in dict.fromkeys(pin_ids) if caller.reaches(pin_id)]
    if not wanted:
        return []
    values = {"ids": wanted, "user": caller.user_id, "now": now(), "most": most}
    found = {row[0]: Pin(*row) for row in await reader.rows(sql, values) if row[-1] is not None}
    return [found[pin_id] for pin_id in wanted if pin_id in found]


async def owns_pin(reader: Reader, pin_id: str, caller: Caller) -> bool:
    """Whether the pin is there and the caller's own."""
    found = await seen_heads(reader, [pin_id], caller)
    return bool(found) and found[0].owner_id == caller.user_id


async def lock_pins(tx: Transaction, pin_ids: Sequence[str]) -> None:
    """Have others wait who would change these pins, without a circle: always in one order."""
    await tx.rows("SELECT id FROM pins WHERE id IN (:ids*) ORDER BY id {lock}", {"ids": pin_ids})


async def seen_pins_on(reader: Reader, board_ids: Sequence[str], caller: Caller) -> list[Pin]:
    """The pins on these pinboards that exist for the caller; a narrowed key sees them there.

    Of very much some are left out: they come without what they say.
    """
    return await _seen_on(reader, SEEN_ON, board_ids, caller)


async def seen_heads_on(reader: Reader, board_ids: Sequence[str], caller: Caller) -> list[Pin]:
    """The same without what any of them says."""
    return await _seen_on(reader, SEEN_HEADS_ON, board_ids, caller)


async def _seen_on(reader: Reader, sql: str, holding: Sequence[str], caller: Caller) -> list[Pin]:
    if not holding:
        return []
    values = {"boards": holding, "pages": holding, "user": caller.user_id, "now": now()}
    rows = await reader.rows(sql, {**values, "most": room.MOST_READ})
    return [Pin(*row) for row in rows if row[-1] is not None]


async def seen_ids_on(reader: Reader, board_ids: Sequence[str], caller: Caller) -> set[str]:
    """The ids of the pins on these pinboards that exist for the caller."""
    return set(await seen_lateness_on(reader, board_ids, caller))


async def seen_lateness_on(
    reader: Reader, board_ids: Sequence[str], caller: Caller
) -> dict[str, bool]:
    """Whether a push is overdue, of each pin on these pinboards that exists for the caller."""
    if not board_ids:
        return {}
    moment = now()
    values = {"boards": board_ids, "user": caller.user_id, "now": moment}
    rows = await reader.rows(
        f"SELECT pins.id, {ROLE}, pins.late_at FROM pins WHERE {PLACED}", values
    )
    return {row[0]: (row[2] or moment + 1) <= moment for row in rows if row[1] is not None}


async def is_own(reader: Reader, pin_id: str, user_id: str) -> bool:
    """Whether this is a pin of that account."""
    row = await reader.find(
        "SELECT 1 FROM pins WHERE id = :id AND owner_id = :user AND deleted_at IS NULL",
        {"id": pin_id, "user": user_id},
    )
    return row is not None


async def seen_pins_on_pages(reader: Reader, page_ids: Sequence[str], caller: Caller) -> list[Pin]:
    """The pins on these pages that exist for the caller; a narrowed key sees them there.

    Of very much some are left out: they come without what they say.
    """
    return await _seen_on(reader, SEEN_ON_PAGES, page_ids, caller)


async def seen_heads_on_pages(reader: Reader, page_ids: Sequence[str], caller: Caller) -> list[Pin]:
    """The same without what any of them says."""
    return await _seen_on(reader, SEEN_HEADS_ON_PAGES, page_ids, caller)


async def seen_ids_on_pages(reader: Reader, page_ids: Sequence[str], caller: Caller) -> set[str]:
    """The ids of the pins on these pages that exist for the caller."""
    if not page_ids:
        return set()
    values = {"pages": page_ids, "user": caller.user_id, "now": now()}
    rows = await reader.rows(f"SELECT pins.id, {ROLE} FROM pins WHERE {ON_PAGES}", values)
    return {row[0] for row in rows if row[1] is not None}


async def list_existing(reader: Reader, pin_ids: Sequence[str]) -> set[str]:
    """Those of the ids that are pins, whoever may see them."""
    rows = await reader.rows(
        "SELECT id FROM pins WHERE id IN (:ids*) AND deleted_at IS NULL", {"ids": pin_ids}
    )
    return {row[0] for row in rows}


async def list_owned(reader: Reader, pin_ids: Sequence[str], user_id: str) -> set[str]:
    """Those of the pins that are somebody's own."""
    rows = await reader.rows(
        "SELECT id FROM pins WHERE id IN (:ids*) AND owner_id = :user",
        {"ids": pin_ids, "user": user_id},
    )
    return {row[0] for row in rows}


async def find_public_state(reader: Reader, pin_id: str) -> tuple[int, int, int | None] | None:
    """`is_public`, `require_sign_in`, `expires_at`: why a visitor may not see it."""
    row = await reader.find(
        "SELECT is_public, require_sign_in, expires_at FROM pins"
        " WHERE id = :id AND deleted_at IS NULL",
        {"id": pin_id},
    )
    return None if row is None else (row[0], row[1], row[2])


async def list_pins(
    reader: Reader, caller: Caller, wanted: dict[str, Any], limit: int, offset: int
) -> tuple[list[Pin], int]:
    """The caller's own pins, newest first and without what they say, and how many there are."""
    where = "pins.owner_id = :user AND pins.deleted_at IS NULL"
    return await _list(reader, caller, where, "'owner'", wanted, limit, offset)


async def list_shared(
    reader: Reader, caller: Caller, wanted: dict[str, Any], limit: int, offset: int
) -> tuple[list[Pin], int]:
    """Other people's pins that were shared with the caller, as in `list_pins`."""
    where = """pins.deleted_at IS NULL AND pins.id IN
        (SELECT g.thing_id FROM grants g WHERE g.user_id = :user)"""
    return await _list(reader, caller, where, ROLE, wanted, limit, offset)


async def _list(
    reader: Reader,
    caller: Caller,
    where: str,
    role: str,
    wanted: dict[str, Any],
    limit: int,
    offset: int,
) -> tuple[list[Pin], int]:
    values: dict[str, Any] = {"user": caller.user_id, "now": now(), **wanted}
    if caller.resources is not None:
        where += " AND pins.id IN (:resources*)"
        values["resources"] = sorted(caller.resources)
    if "tag" in wanted:
        where += " AND EXISTS (SELECT 1 FROM pin_tags t WHERE t.pin_id = pins.id AND t.tag = :tag)"
    if "pin_type" in wanted:
        where += " AND pins.pin_type = :pin_type"
    if "q" in wanted:
        where += " AND lower(pins.title) LIKE :q ESCAPE '!'"
        values["q"] = "%" + _literal(wanted["q"].lower()) + "%"
    if wanted.get("late"):
        where += " AND pins.late_at <= :now"
    values.pop("late", None)
    total = await reader.find(f"SELECT count(*) FROM pins WHERE {where}", values)
    rows = await reader.rows(
        f"SELECT {HEADS}, {role} FROM pins WHERE {where}"
        " ORDER BY pins.created_at DESC, pins.id DESC LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [Pin(*row) for row in rows], total[0] if total else 0


def _literal(text: str) -> str:
    """A text whose wildcards mean themselves."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


async def add_pin(tx: Transaction, pin: Pin) -> None:
    """Store a new pin."""
    await tx.run(ADD, _values(pin))
    await _save_tags(tx, pin)


async def save_pin(tx: Transaction, pin: Pin, *, tags_changed: bool) -> None:
    """Store the pin's next state."""
    await tx.run(SAVE, _values(pin))
    if tags_changed:
        await tx.run("DELETE FROM pin_tags WHERE pin_id = :id", {"id": pin.id})
        await _save_tags(tx, pin)


async def save_value(tx: Transaction, pin: Pin) -> None:
    """Store a new config and nothing else: what most pushes are."""
    await tx.run(
        SAVE_VALUE,
        {
            "id": pin.id,
            "config": pin.config,
            "pushed_at": pin.pushed_at,
            "late_at": pin.late_at,
            "revision": pin.revision,
            "version": pin.version,
            "updated_at": pin.updated_at,
            "history": pin.history,
            "observed_at": pin.observed_at,
            "thin_at": pin.thin_at,
            "kept_bytes": pin.kept_bytes,
        },
    )


async def save_push(tx: Transaction, pin: Pin) -> None:
    """Store that the same value was pushed again."""
    await tx.run(
        "UPDATE pins SET pushed_at = :pushed_at, late_at = :late_at, late_told = 0,"
        " observed_at = :observed_at WHERE id = :id",
        _values(pin),
    )


async def save_keeping(tx: Transaction, pin: Pin) -> None:
    """Store how much history the pin has, and when that is next to be thinned."""
    await tx.run(
        "UPDATE pins SET thin_at = :thin_at, kept_bytes = :kept_bytes WHERE id = :id",
        _values(pin),
    )


async def add_revision(tx: Transaction, pin: Pin, caller: Caller, what: str, details: str) -> None:
    """Keep the pin as it is now in its history."""
    await tx.run(
        KEEP,
        {
            "id": pin.id,
            "revision": pin.revision,
            "at": pin.updated_at,
            "observed_at": pin.observed_at,
            "by_user": caller.user_id,
            "by_key": caller.key_id or None,
            "what": what,
            "config": pin.config,
            "details": details,
        },
    )


async def list_revisions(
    reader: Reader, pin_id: str, limit: int, offset: int
) -> tuple[Sequence[tuple[Any, ...]], int]:
    """`(revision, at, by_user, by_key, what)` of a pin's history, newest first."""
    total = await reader.find("SELECT count(*) FROM revisions WHERE pin_id = :id", {"id": pin_id})
    rows = await reader.rows(
        "SELECT revision, at, by_user, by_key, what FROM revisions WHERE pin_id = :id"
        " ORDER BY revision DESC LIMIT :limit OFFSET :offset",
        {"id": pin_id, "limit": limit, "offset": offset},
    )
    return rows, total[0] if total else 0


async def find_revision(reader: Reader, pin_id: str, revision: int) -> tuple[Any, ...] | None:
    """`(revision, at, by_user, by_key, what, config, details)`, if it is there."""
    return await reader.find(
        "SELECT revision, at, by_user, by_key, what, config, details FROM revisions"
        " WHERE pin_id = :id AND revision = :revision",
        {"id": pin_id, "revision": revision},
    )


async def get_revision(reader: Reader, pin_id: str, revision: int) -> tuple[Any, ...]:
    """The same; raises NotFound if it is not there."""
    row = await find_revision(reader, pin_id, revision)
    if row is None:
        raise NotFound("Revision")
    return row


async def list_past_configs(reader: Reader, pin_id: str, most: int) -> Sequence[tuple[Any, ...]]:
    """`(observed at, config)` of the newest revisions, oldest first."""
    rows = await reader.rows(
        "SELECT observed_at, config FROM revisions WHERE pin_id = :id ORDER BY revision DESC LIMIT :most",
        {"id": pin_id, "most": most},
    )
    return rows[::-1]


async def remove_pin(tx: Transaction, pin_id: str, at: int) -> None:
    """Put the pin into the bin."""
    await tx.run(
        "UPDATE pins SET deleted_at = :at, late_at = NULL WHERE id = :id",
        {"id": pin_id, "at": at},
    )


async def take_from_bin(tx: Transaction, pin_id: str) -> None:
    """Have the pin be there again."""
    await tx.run("UPDATE pins SET deleted_at = NULL WHERE id = :id", {"id": pin_id})


async def drop_pin(tx: Transaction, pin_id: str) -> None:
    """Take a pin away for good that lies in the bin."""
    await tx.run("DELETE FROM pins WHERE id = :id AND deleted_at IS NOT NULL", {"id": pin_id})


async def tell_late(tx: Transaction, moment: int, most: int) -> Sequence[tuple[Any, ...]]:
    """Mark pins whose deadline passed as told; `(id, pushed_at)` of each. One node gets each."""
    return await tx.rows(
        # Asked for once more outside: another node may have been faster.
        # In the order of their ids, as everybody locks pins who locks more than one.
        "UPDATE pins SET late_told = 1 WHERE id IN (SELECT id FROM pins WHERE id IN"
        " (SELECT id FROM pins WHERE late_at <= :now AND late_told = 0 AND late_at IS NOT NULL"
        " AND deleted_at IS NULL ORDER BY late_at LIMIT :most) ORDER BY id {lock})"
        " AND late_told = 0 AND late_at <= :now RETURNING id, pushed_at",
        {"now": moment, "most": most},
    )


async def find_next_deadline(reader: Reader) -> int | None:
    """When the next pin will be late, if nothing is pushed."""
    row = await reader.find(
        "SELECT min(late_at) FROM pins WHERE late_at IS NOT NULL AND late_told = 0", {}
    )
    return row[0] if row else None


async def _save_tags(tx: Transaction, pin: Pin) -> None:
    tags = dict.fromkeys(msgspec.json.decode(pin.tags))
    if tags:
        await tx.run_many(
            "INSERT INTO pin_tags (pin_id, tag) VALUES (:id, :tag)",
            [{"id": pin.id, "tag": tag} for tag in tags],
        )


def _values(pin: Pin) -> dict[str, Any]:
    return {field: getattr(pin, field) for field in FIELDS}
