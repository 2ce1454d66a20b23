"""What can be done with pages, and with the pins on them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from .. import ids
from ..audit import actions as audit
from ..changes import Change, rights_changed
from ..clock import now
from ..door.caller import Caller
from ..errors import Conflict, NotFound, invalid
from ..pins import store as pins
from ..pins.actions import require_match
from ..pins.body import Changes, merge_metadata
from ..pins.holder import apply_changes, as_text, opens, shared_with
from ..pins.pin import Pin
from ..rights import Right
from ..storage import Reader, Transaction
from . import store
from .body import require_order, require_seen
from .page import MOST_PINS, Page, Shown, Stand, arrange, show

_encode = msgspec.json.Encoder().encode


class Added(NamedTuple):
    """A page with one more pin, and whether it opens to everyone who sees the page."""

    page: Page
    opens: bool


async def show_pages(reader: Reader, caller: Caller, pages: list[Page]) -> list[tuple[Page, Shown]]:
    """Each page with what the caller sees of its pins, in two statements."""
    page_ids = [page.id for page in pages]
    stands = await store.list_stands(reader, page_ids)
    seen = await pins.seen_ids_on_pages(reader, page_ids, caller)
    return [(page, show(stands[page.id], seen)) for page in pages]


async def read_pins(reader: Reader, caller: Caller, page_id: str) -> list[Pin]:
    """The pins of a page that the caller sees, from top to bottom, without what they say."""
    page = await store.get_page(reader, page_id, caller)
    stands = (await store.list_stands(reader, [page.id]))[page.id]
    found = {pin.id: pin for pin in await pins.seen_heads_on_pages(reader, [page.id], caller)}
    return [found[stand.pin_id] for stand in stands if stand.pin_id in found]


async def create_page(tx: Transaction, caller: Caller, changes: Changes) -> tuple[Page, Shown]:
    """A new page of the caller's, with its pins in their order."""
    caller.require_may_create()
    given = changes.values
    if "title" not in given:
        raise invalid("metadata/title", "metadata.title is required", "text of 1 to 200 characters")
    wanted = list(dict.fromkeys(given.get("pins", [])))
    await pins.lock_pins(tx, wanted)
    seen = {pin.id: pin for pin in await pins.seen_heads(tx, wanted, caller)}
    require_seen(wanted, set(seen))
    moment = now()
    page = Page(
        id=ids.new_id(ids.PAGE),
        owner_id=caller.user_id,
        title=given["title"],
        description=given.get("description", ""),
        tags=as_text(given.get("tags", [])),
        metadata=merge_metadata("{}", changes.own_metadata),
        is_public=int(given.get("is_public", False)),
        require_sign_in=int(given.get("require_sign_in", False)),
        expires_at=given.get("expires_at"),
        revision=1,
        created_at=moment,
        updated_at=moment,
        deleted_at=None,
        role="owner",
    )
    await store.add_page(tx, page)
    stands = [_stand(page, seen[pin_id], caller, at) for at, pin_id in enumerate(wanted)]
    await store.save_stands(tx, stands)
    for stand in stands:
        tx.announce(rights_changed(stand.pin_id))
    return page, show(stands, set(seen))


async def update_page(
    tx: Transaction,
    caller: Caller,
    page_id: str,
    changes_of: Callable[[Page], Changes],
    *,
    right: Right = Right.EDIT,
    if_match: int | None = None,
) -> Page:
    """Change what a page says about itself, and who sees it, which only its owner may."""
    page = await store.get_page(tx, page_id, caller, lock=True)
    page.require(right)
    require_match(page.revision, if_match)
    what = apply_changes(page, changes_of(page))
    if what:
        await _save_revision(tx, page)
        if shared := shared_with(page, what):
            await audit.note(tx, caller, "page.shared", page.id, shared)
            await announce_audience(tx, page.id)
    return page


async def publish_page(
    tx: Transaction, caller: Caller, page_id: str, *, is_public: bool, if_match: int | None
) -> Page:
    """Let everybody who has the link see a page, or nobody but its people."""
    changes = Changes({"is_public": is_public}, {})
    return await update_page(
        tx, caller, page_id, lambda _: changes, right=Right.OWN, if_match=if_match
    )


async def delete_page(tx: Transaction, caller: Caller, page_id: str, if_match: int | None) -> int:
    """Put a page into the bin; its pins stay; when that was."""
    page = await store.get_page(tx, page_id, caller, lock=True)
    page.require(Right.OWN)
    require_match(page.revision, if_match)
    moment = now()
    await store.remove_page(tx, page.id, moment)
    tx.announce(Change(page.id, "deleted", page.revision, data=_encode({"id": page.id})))
    await announce_audience(tx, page.id)
    return moment


async def bring_back_page(tx: Transaction, caller: Caller, page_id: str) -> None:
    """Take the caller's page out of the bin, with the pins on it that are still there."""
    await store.take_from_bin(tx, page_id)
    page = await store.get_page(tx, page_id, caller, lock=True)
    await _save_revision(tx, page)
    await announce_audience(tx, page.id)


async def add_pin(
    tx: Transaction, caller: Caller, page_id: str, pin_id: str, if_match: int | None
) -> Added:
    """Add a pin at the end of a page; it opens if whoever adds it owns it."""
    page = await store.get_page(tx, page_id, caller)
    page.require(Right.EDIT)
    # The pin is locked before the page, as when a pin is deleted: else the two could wait for
    # each other, or a deleted pin could stay on the page.
    pin = await pins.get_pin(tx, pin_id, caller, lock=True)
    page = await store.get_page(tx, page_id, caller, lock=True)
    page.require(Right.EDIT)
    require_match(page.revision, if_match)
    stands = (await store.list_stands(tx, [page.id]))[page.id]
    before = next((stand for stand in stands if stand.pin_id == pin.id), None)
    if before is None:
        stand = _stand(page, pin, caller, _after(stands))
    else:
        stand = before.opened(caller.user_id) if opens(pin, caller) else before
    if stand != before:
        await store.save_stands(tx, [stand])
        await _save_revision(tx, page)
        tx.announce(rights_changed(page.id))
        tx.announce(rights_changed(pin.id))
    return Added(page, bool(stand.may_open) and stand.placed_by == pin.owner_id)


async def take_pin(
    tx: Transaction, caller: Caller, page_id: str, pin_id: str, if_match: int | None
) -> int:
    """Take a pin from a page; the page's new revision.

    Whoever may edit the page may, and always the pin's owner: else a pin could be kept open on a
    page that its owner has lost access to.
    """
    page = await store.find_page(tx, page_id, caller, lock=True)
    if page is None or not page.may(Right.EDIT):
        await _require_own(tx, caller, page, page_id, pin_id)
    if page is not None:
        require_match(page.revision, if_match)
    if not await store.remove_stand(tx, page_id, pin_id):
        raise NotFound("Pin")
    counted = await store.count_up(tx, [page_id], now())
    if not counted:  # it lies in the bin
        raise NotFound("Page")
    ((_, revision),) = counted
    tx.announce(page_changed(page_id, revision))
    tx.announce(rights_changed(page_id))
    tx.announce(rights_changed(pin_id))
    return revision


async def order_pins(
    tx: Transaction, caller: Caller, page_id: str, order: list[str], if_match: int | None
) -> tuple[Page, Shown]:
    """Put a page's pins in this order. What the caller does not see stays where it is."""
    page = await store.get_page(tx, page_id, caller, lock=True)
    page.require(Right.EDIT)
    require_match(page.revision, if_match)
    stands = (await store.list_stands(tx, [page.id]))[page.id]
    seen = await pins.seen_ids_on_pages(tx, [page.id], caller)
    require_order(order, {stand.pin_id for stand in stands if stand.pin_id in seen})
    ordered = arrange(stands, seen, order)
    if [stand.pin_id for stand in ordered] != [stand.pin_id for stand in stands]:
        await store.save_stands(tx, ordered)
        await _save_revision(tx, page)
    return page, show(ordered, seen)


async def leave_pages(tx: Transaction, pin_ids: Sequence[str]) -> None:
    """Take pins that were deleted from every page."""
    page_ids = await store.remove_stands(tx, pin_ids)
    if page_ids:
        for page_id, revision in await store.count_up(tx, page_ids, now()):
            tx.announce(page_changed(page_id, revision))


def page_changed(page_id: str, revision: int) -> Change:
    """Tells viewers to read the page again; nothing in it differs between audiences."""
    data = _encode({"id": page_id, "revision": revision})
    return Change(page_id, "page", version=revision, data=data)


async def announce_audience(tx: Transaction, page_id: str) -> None:
    """Have everyone looked at again who watches the page, or a pin that it opened to them."""
    tx.announce(rights_changed(page_id))
    for pin_id in await store.list_opened(tx, page_id):
        tx.announce(rights_changed(pin_id))


def _stand(page: Page, pin: Pin, caller: Caller, position: int) -> Stand:
    """A pin that is new on a page."""
    return Stand(page.id, pin.id, position, caller.user_id, int(opens(pin, caller)), now())


def _after(stands: Sequence[Stand]) -> int:
    """The position below all others."""
    if len(stands) >= MOST_PINS:
        raise Conflict(f"A page holds at most {MOST_PINS} pins")
    return stands[-1].position + 1 if stands else 0


async def _require_own(
    tx: Transaction, caller: Caller, page: Page | None, page_id: str, pin_id: str
) -> None:
    """Raise unless the pin is the caller's own and stands on the page."""
    # Both are always asked: a hidden page must not take longer than none.
    stands = (await store.list_stands(tx, [page_id]))[page_id]
    is_own = await pins.owns_pin(tx, pin_id, caller) and caller.reaches(page_id)
    if not is_own or all(stand.pin_id != pin_id for stand in stands):
        if page is None:
            raise NotFound("Page")
        page.require(Right.EDIT)


async def _save_revision(tx: Transaction, page: Page) -> None:
    page.revision += 1
    page.updated_at = max(now(), page.updated_at)
    await store.save_page(tx, page)
    tx.announce(page_changed(page.id, page.revision))
