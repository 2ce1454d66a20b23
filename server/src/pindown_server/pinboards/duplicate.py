"""A copy of a pinboard that belongs to whoever makes it."""

import msgspec

from ..clock import now
from ..door.caller import Caller
from ..pins import store as pins
from ..pins.body import Changes
from ..pins.duplicate import title_of_copy
from ..pins.holder import may_open
from ..storage import Transaction
from . import actions, past, store
from .pinboard import Pinboard
from .places import Shown


async def duplicate_pinboard(
    tx: Transaction, caller: Caller, board_id: str
) -> tuple[Pinboard, Shown]:
    """A new pinboard of the caller's with the same pins in the same places, shared with nobody.

    The pins themselves are not copied. Those that the caller does not see are left out; those
    that it owns open to whoever the new pinboard is shared with, as if they had been placed.
    """
    board = await store.get_pinboard(tx, board_id, caller)  # NotFound
    changes = Changes(
        {
            "title": title_of_copy(board.title),
            "description": board.description,
            "tags": msgspec.json.decode(board.tags),
        },
        msgspec.json.decode(board.metadata),
    )
    made = await actions.create_pinboard(tx, caller, changes)
    seen = await pins.seen_ids_on(tx, [board.id], caller)
    own = await pins.list_owned(tx, sorted(seen), caller.user_id)
    places = [
        msgspec.structs.replace(
            place,
            pinboard_id=made.id,
            placed_by=caller.user_id,
            may_open=int(place.pin_id in own and may_open(caller)),
            placed_at=now(),
        )
        for place in (await store.list_places_for(tx, [board.id], caller))[board.id]
        if place.pin_id in seen and not place.is_barred
    ]
    if places:
        await store.save_places(tx, places)
        await past.keep_revision(tx, caller, made.id, "created")
    ((_, shown),) = await actions.show_pinboards(tx, caller, [made])
    return made, shown
