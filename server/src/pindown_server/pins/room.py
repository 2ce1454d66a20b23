"""How much of what pins say is read in one go, as SQL.

A pin may hold a MiB, and a pinboard a thousand pins: whoever reads many reads no more than has room
in one answer, and of the rest what it is called, where it lies and who may see it.
"""

from .pin import Pin

FIELDS = Pin.__struct_fields__[:-2]  # all but what the caller is to it, and what came of the call
COLUMNS = ", ".join(f"pins.{field}" for field in FIELDS)

# Without what a pin says: no more than lists and rights need.
HEADS = (
    COLUMNS.replace("pins.config", "'' AS config")
    .replace("pins.blocks", "NULL AS blocks")
    .replace("pins.history", "NULL AS history")
)

# Bytes of what pins say that are read in one go. Of more the small ones come whole, so that a huge
# one takes no other's room; the rest come without what they say (see `Pin.is_left_out`).
MOST_READ = 16 * 1024 * 1024
FEW = 8  # pins that no rule lets be larger than that together
BYTES = """(octet_length(pins.config) + COALESCE(octet_length(pins.blocks), 0)
    + COALESCE(octet_length(pins.history), 0))"""
SIZED = (
    COLUMNS.replace("pins.config", "CASE WHEN so_far <= :most THEN pins.config ELSE '' END")
    .replace("pins.blocks", "CASE WHEN so_far <= :most THEN pins.blocks END")
    .replace("pins.history", "CASE WHEN so_far <= :most THEN pins.history END")
)


def within_room(where: str) -> str:
    """What pins are read from: each with the bytes of all that come before it, and its own."""
    return f"""(SELECT pins.id AS sized_id,
            sum({BYTES}) OVER (ORDER BY {BYTES}, pins.id) AS so_far FROM pins WHERE {where}) sized
        JOIN pins ON pins.id = sized.sized_id"""
