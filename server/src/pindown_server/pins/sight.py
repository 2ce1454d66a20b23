"""What a caller is to a pin, as SQL: by its owner, a role, its flags, or where it was placed."""

from collections.abc import Sequence

from ..clock import now
from ..door.caller import Caller
from ..storage import Reader

# A pinboard that the caller sees: its own, one shared with it, or a public one.
SEEN_BOARD = """
    b.deleted_at IS NULL AND (b.owner_id = :user
    OR EXISTS (SELECT 1 FROM grants g WHERE g.thing_id = b.id AND g.user_id = :user)
    OR (b.is_public = 1 AND (b.require_sign_in = 0 OR :user <> '')
        AND (b.expires_at IS NULL OR b.expires_at > :now)))"""

# Of a place `p` on a pinboard `b`: whether the caller holds one of the roles that the pin asks for
# there, if it asks for any. Who may edit the pinboard sees all of it.
ADMITTED = """(b.owner_id = :user OR NOT EXISTS (SELECT 1 FROM asked_roles a
        WHERE a.pinboard_id = p.pinboard_id AND a.pin_id = p.pin_id)
    OR EXISTS (SELECT 1 FROM asked_roles a JOIN role_members m ON m.role_id = a.role_id
        WHERE a.pinboard_id = p.pinboard_id AND a.pin_id = p.pin_id AND m.user_id = :user)
    OR EXISTS (SELECT 1 FROM grants e
        WHERE e.thing_id = b.id AND e.user_id = :user AND e.role = 'editor'))"""

SEEN_PAGE = """
    c.deleted_at IS NULL AND (c.owner_id = :user
    OR EXISTS (SELECT 1 FROM grants g WHERE g.thing_id = c.id AND g.user_id = :user)
    OR (c.is_public = 1 AND (c.require_sign_in = 0 OR :user <> '')
        AND (c.expires_at IS NULL OR c.expires_at > :now)))"""

# What the caller is to a pin: NULL where it does not exist for them. A placed pin opens to the
# audience of its pinboard or page if the one who placed it owns it, judged now and not when it
# was placed.
# Not an EXISTS: PostgreSQL would look at all placements there are instead of those of each pin.
ROLE = f"""
    CASE WHEN pins.owner_id = :user THEN 'owner'
    ELSE COALESCE(
        (SELECT g.role FROM grants g WHERE g.thing_id = pins.id AND g.user_id = :user),
        CASE WHEN pins.is_public = 1 AND (pins.require_sign_in = 0 OR :user <> '')
            AND (pins.expires_at IS NULL OR pins.expires_at > :now) THEN 'public'
        WHEN (SELECT 1 FROM placements p JOIN pinboards b ON b.id = p.pinboard_id
            WHERE p.pin_id = pins.id AND p.placed_by = pins.owner_id AND p.may_open = 1
            AND {SEEN_BOARD} AND {ADMITTED} LIMIT 1) = 1 THEN 'viewer'
        WHEN (SELECT 1 FROM page_pins q JOIN pages c ON c.id = q.page_id
            WHERE q.pin_id = pins.id AND q.placed_by = pins.owner_id AND q.may_open = 1
            AND {SEEN_PAGE} LIMIT 1) = 1 THEN 'viewer' END) END"""

PLACED = """pins.id IN (SELECT p.pin_id FROM placements p WHERE p.pinboard_id IN (:boards*))
    AND pins.deleted_at IS NULL"""
ON_PAGES = """pins.id IN (SELECT q.pin_id FROM page_pins q WHERE q.page_id IN (:pages*))
    AND pins.deleted_at IS NULL"""


async def find_opening_end(
    reader: Reader,
    pin_ids: Sequence[str],
    board_ids: Sequence[str],
    page_ids: Sequence[str],
    caller: Caller,
) -> int | None:
    """When the next of the public pinboards and pages expires that may open pins to the caller.

    Of the pins with these ids, and of those on these pinboards and pages.
    """
    # A CROSS JOIN tells SQLite to begin with the pins: else it looks through all placements.
    row = await reader.find(
        f"""WITH watched (id) AS (SELECT pins.id FROM pins WHERE pins.id IN (:ids*)
            UNION SELECT p.pin_id FROM placements p WHERE p.pinboard_id IN (:boards*)
            UNION SELECT q.pin_id FROM page_pins q WHERE q.page_id IN (:pages*))
        SELECT min(ends.at) FROM (
            SELECT b.expires_at AS at FROM watched w CROSS JOIN placements p
            JOIN pinboards b ON b.id = p.pinboard_id
            WHERE p.pin_id = w.id AND p.may_open = 1 AND b.expires_at > :now AND {SEEN_BOARD}
            UNION ALL SELECT c.expires_at FROM watched w CROSS JOIN page_pins q
            JOIN pages c ON c.id = q.page_id
            WHERE q.pin_id = w.id AND q.may_open = 1 AND c.expires_at > :now AND {SEEN_PAGE}) AS ends""",
        {
            "ids": pin_ids,
            "boards": board_ids,
            "pages": page_ids,
            "user": caller.user_id,
            "now": now(),
        },
    )
    return row[0] if row else None
