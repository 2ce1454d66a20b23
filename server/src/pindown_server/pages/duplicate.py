"""A copy of a page that belongs to whoever makes it."""

import msgspec

from ..door.caller import Caller
from ..pins import store as pins
from ..pins.body import Changes
from ..pins.duplicate import title_of_copy
from ..storage import Transaction
from . import actions, store
from .page import Page, Shown


async def duplicate_page(tx: Transaction, caller: Caller, page_id: str) -> tuple[Page, Shown]:
    """A new page of the caller's with the same pins in the same order, shared with nobody.

    The pins themselves are not copied, and those that the caller does not see are left out.
    """
    page = await store.get_page(tx, page_id, caller)  # NotFound
    stands = (await store.list_stands(tx, [page.id]))[page.id]
    seen = await pins.seen_ids_on_pages(tx, [page.id], caller)
    fields = {
        "title": title_of_copy(page.title),
        "description": page.description,
        "tags": msgspec.json.decode(page.tags),
        "pins": [stand.pin_id for stand in stands if stand.pin_id in seen],
    }
    changes = Changes(fields, msgspec.json.decode(page.metadata))
    return await actions.create_page(tx, caller, changes)
