"""Pages over HTTP."""

from typing import Any

from ..clock import now
from ..door import needs
from ..door.call import Answer, Call
from ..door.route import LIST, Routes
from ..door.shapes import Deleted
from ..parts import Parts
from ..pins.body import choose
from ..pins.drawing import gather, render_in_turns
from ..pins.shown import as_item
from ..rights import Right
from . import actions, duplicate, store
from .answers import (
    AddedPin,
    Ordered,
    PageAnswer,
    PageList,
    PagePins,
    Published,
    SavedPage,
    TakenPin,
)
from .body import Adding, NewPage, Order, PageBody, PageMetadataBody, read_page
from .page import Page, Shown, as_answer, etag, shareable_url

routes = Routes()

PAGE = "/v1/pages/{page_id}"


@routes.add(
    "POST",
    "/v1/pages",
    scope="pages:write",
    status=201,
    body=NewPage,
    metadata=PageMetadataBody,
    needs=needs.A_TITLE,
    dry_run=True,
    answer=PageAnswer,
)
async def create_page(call: Call, parts: Parts) -> Answer:
    """Create a page, with its pins if you like."""
    changes = choose(read_page(NewPage, call.body), None)
    async with parts.database.transaction() as tx:
        page, shown = await actions.create_page(tx, call.caller, changes)
    return _answer(page, shown, parts, message="Page created successfully")


@routes.add("GET", "/v1/pages", scope="pages:read", query=LIST, answer=PageList)
async def list_pages(call: Call, parts: Parts) -> Answer:
    """List your own pages, newest first."""
    return await _list(call, parts, store.list_pages)


@routes.add("GET", "/v1/pages/shared", scope="pages:read", query=LIST, answer=PageList)
async def list_shared_pages(call: Call, parts: Parts) -> Answer:
    """List other people's pages that were shared with you, newest first."""
    return await _list(call, parts, store.list_shared)


@routes.add("GET", PAGE, scope="pages:read", right=Right.SEE, answer=PageAnswer)
async def get_page(call: Call, parts: Parts) -> Answer:
    """Get a page with the ids of its pins, from top to bottom."""
    async with parts.database.reader() as reader:
        page = await store.get_page(reader, call.params[0], call.caller)
        ((page, shown),) = await actions.show_pages(reader, call.caller, [page])
    return _answer(page, shown, parts)


@routes.add(
    "PUT",
    PAGE,
    scope="pages:write",
    right=Right.EDIT,
    body=PageBody,
    metadata=PageMetadataBody,
    dry_run=True,
    answer=SavedPage,
)
async def update_page(call: Call, parts: Parts) -> Answer:
    """Update a page: only what is sent changes. Its pins have calls of their own."""
    said = read_page(PageBody, call.body)
    async with parts.database.transaction() as tx:
        page = await actions.update_page(
            tx, call.caller, call.params[0], lambda page: choose(said, page), if_match=call.if_match
        )
    data = {"id": page.id, "updated_at": page.updated_at, "revision": page.revision}
    return Answer(data, etag=f'"{page.revision}"')


@routes.add(
    "DELETE",
    PAGE,
    scope="pages:write",
    right=Right.OWN,
    dry_run=True,
    answer=Deleted,
    audit=("page.deleted",),
)
async def delete_page(call: Call, parts: Parts) -> Answer:
    """Delete a page. Its pins stay."""
    async with parts.database.transaction() as tx:
        deleted_at = await actions.delete_page(tx, call.caller, call.params[0], call.if_match)
    return Answer({"id": call.params[0], "deleted_at": deleted_at})


@routes.add(
    "POST",
    PAGE + "/duplicate",
    scope="pages:write",
    right=Right.SEE,
    status=201,
    dry_run=True,
    answer=PageAnswer,
    if_match=False,
)
async def duplicate_page(call: Call, parts: Parts) -> Answer:
    """Make a page of your own with the same pins in the same order, shared with nobody."""
    async with parts.database.transaction() as tx:
        page, shown = await duplicate.duplicate_page(tx, call.caller, call.params[0])
    return _answer(page, shown, parts)


@routes.add(
    "POST",
    PAGE + "/publish",
    scope="pages:write",
    right=Right.OWN,
    cost=3,
    dry_run=True,
    answer=Published,
)
async def publish_page(call: Call, parts: Parts) -> Answer:
    """Let everybody who has the link see a page."""
    return await _publish(call, parts, is_public=True)


@routes.add(
    "POST",
    PAGE + "/unpublish",
    scope="pages:write",
    right=Right.OWN,
    cost=3,
    dry_run=True,
    answer=Published,
)
async def unpublish_page(call: Call, parts: Parts) -> Answer:
    """Let nobody see a page but the people it is shared with."""
    return await _publish(call, parts, is_public=False)


@routes.add("GET", PAGE + "/pins", scope="pages:read", right=Right.SEE, query=LIST, answer=PagePins)
async def list_page_pins(call: Call, parts: Parts) -> Answer:
    """List the pins of a page that you may see, from top to bottom."""
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        found = await actions.read_pins(reader, call.caller, call.params[0])
        wanted = found[offset : offset + limit]
        material = await gather(reader, wanted)
    drawn = await render_in_turns(wanted, material, parts.turns)
    moment, address = now(), parts.settings.address
    if call.caller.reads("pins:read"):
        items = [as_item(pin, address, moment) for pin in drawn]
    else:  # how a page is laid out, and not what its pins say
        items = [{"id": pin.pin.id, "pin_id": pin.pin.id} for pin in drawn]
    return Answer(
        {"items": items, "pins": items, "total": len(found), "limit": limit, "offset": offset}
    )


@routes.add(
    "POST",
    PAGE + "/pins",
    scope="pages:write",
    right=Right.EDIT,
    body=Adding,
    dry_run=True,
    answer=AddedPin,
)
async def add_page_pin(call: Call, parts: Parts) -> Answer:
    """Add a pin at the end of a page. One that is there already stays where it is."""
    pin_id = call.read(Adding).pin_id
    async with parts.database.transaction() as tx:
        page, opens = await actions.add_pin(tx, call.caller, call.params[0], pin_id, call.if_match)
    data = {"id": page.id, "pin_id": pin_id, "opens": opens, "revision": page.revision}
    return Answer(data, etag=f'"{page.revision}"', message="Pin added to page successfully")


@routes.add(
    "PUT",
    PAGE + "/pins/order",
    scope="pages:write",
    right=Right.EDIT,
    body=Order,
    dry_run=True,
    answer=Ordered,
)
async def order_page_pins(call: Call, parts: Parts) -> Answer:
    """Put the pins of a page in an order; those that are left out follow below."""
    order = call.read(Order).order
    async with parts.database.transaction() as tx:
        page, shown = await actions.order_pins(
            tx, call.caller, call.params[0], order, call.if_match
        )
    data = {
        "id": page.id,
        "pins": shown.pins,
        "hidden": shown.hidden,
        "revision": page.revision,
        "updated_at": page.updated_at,
    }
    return Answer(data, etag=etag(page, shown))


@routes.add(
    "DELETE",
    PAGE + "/pins/{pin_id}",
    scope="pages:write",
    right=Right.EDIT,
    dry_run=True,
    answer=TakenPin,
)
async def take_page_pin(call: Call, parts: Parts) -> Answer:
    """Take a pin from a page. The pin itself stays."""
    page_id, pin_id = call.params
    async with parts.database.transaction() as tx:
        revision = await actions.take_pin(tx, call.caller, page_id, pin_id, call.if_match)
    return Answer({"id": page_id, "pin_id": pin_id, "revision": revision})


async def _publish(call: Call, parts: Parts, *, is_public: bool) -> Answer:
    async with parts.database.transaction() as tx:
        page = await actions.publish_page(
            tx, call.caller, call.params[0], is_public=is_public, if_match=call.if_match
        )
    data = {
        "id": page.id,
        **page.flags(),
        "expires_at": page.expires_at,
        "shareable_url": shareable_url(parts.settings.address, page.id),
        "revision": page.revision,
    }
    return Answer(data, etag=f'"{page.revision}"')


async def _list(call: Call, parts: Parts, read: Any) -> Answer:
    limit, offset = call.page()
    async with parts.database.reader() as reader:
        pages, total = await read(reader, call.caller, limit, offset)
        shown = await actions.show_pages(reader, call.caller, pages)
    items = [as_answer(page, pins, parts.settings.address) for page, pins in shown]
    return Answer(
        {"items": items, "pages": items, "total": total, "limit": limit, "offset": offset}
    )


def _answer(page: Page, shown: Shown, parts: Parts, message: str | None = None) -> Answer:
    data = as_answer(page, shown, parts.settings.address)
    return Answer(data, etag=etag(page, shown), message=message)
