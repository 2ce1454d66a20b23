"""Pushes and push addresses over HTTP."""

import re
from typing import Annotated

import msgspec

from ..clock import now
from ..door.call import Answer, Call
from ..door.caller import Caller
from ..door.route import Routes
from ..door.shapes import Deleted, Nothing
from ..errors import NotFound
from ..parts import Parts
from ..pins.pin import shareable_url
from ..rights import Right
from . import actions
from .answers import NewPushAddress, PushAddressList, Pushed
from .payload import TYPES, read_payload

routes = Routes()

_SECRET = re.compile(r"[A-Za-z0-9]{32}")


class NewAddress(msgspec.Struct, forbid_unknown_fields=True):
    """A push address to make; `name` says which program will know it."""

    name: Annotated[str, msgspec.Meta(max_length=100)] = ""


class Done(Answer):
    """An answer that says nothing but that it is done."""

    def __init__(self) -> None:
        super().__init__({})

    def encode(self) -> bytes:
        """The JSON of the whole answer."""
        return b'{"success":true}'


@routes.add(
    "POST",
    "/v1/push/{name}",
    scope="pins:write",
    takes=TYPES,
    may_create=True,
    dry_run=True,
    errors=(404, 409),
    answer=Pushed,
    if_match=False,
)
async def push_value(call: Call, parts: Parts) -> Answer:
    """Push a number, a text, JSON, a form or CSV to your pin of this name; the first push makes it."""
    payload = read_payload(call.body, call.header(b"content-type"))
    async with parts.database.transaction() as tx:
        pushed = await actions.push_value(tx, call.caller, call.params[0], payload)
    pin = pushed.pin
    data = {
        "id": pin.id,
        "name": call.params[0],
        "pin_type": pin.pin_type,
        "is_new": pushed.is_new,
        "pinboard_id": pushed.board_id,
        "revision": pin.revision,
        "version": pin.version,
        "updated_at": pin.updated_at,
        "shareable_url": shareable_url(parts.settings.address, pin.id),
    }
    return Answer(data, status=201 if pushed.is_new else 200, etag=f'"{pin.revision}"')


@routes.add(
    "POST",
    "/v1/pins/{pin_id}/push-addresses",
    scope="pins:share",
    right=Right.OWN,
    cost=2,
    status=201,
    body=NewAddress,
    dry_run=True,
    errors=(409,),
    answer=NewPushAddress,
    audit=("push_address.created", "id"),
)
async def create_push_address(call: Call, parts: Parts) -> Answer:
    """Make a secret address that sets the value of this pin; it is shown this once."""
    asked = call.read(NewAddress) if call.body else NewAddress()
    async with parts.database.transaction() as tx:
        address, secret = await actions.create_address(tx, call.caller, call.params[0], asked.name)
    url = f"{parts.settings.address}/v1/in/{secret}"
    return Answer({**address.as_json(), "url": url}, secrets=("url",))


@routes.add(
    "GET",
    "/v1/pins/{pin_id}/push-addresses",
    scope="pins:share",
    right=Right.OWN,
    answer=PushAddressList,
)
async def list_push_addresses(call: Call, parts: Parts) -> Answer:
    """List the pin's push addresses, newest first, without their secrets."""
    async with parts.database.reader() as reader:
        addresses = await actions.list_addresses(reader, call.caller, call.params[0])
    items = [address.as_json() for address in addresses]
    return Answer({"items": items, "total": len(items), "limit": len(items), "offset": 0})


@routes.add(
    "DELETE",
    "/v1/pins/{pin_id}/push-addresses/{address_id}",
    scope="pins:share",
    right=Right.OWN,
    dry_run=True,
    answer=Deleted,
    if_match=False,
    audit=("push_address.deleted", "id"),
)
async def delete_push_address(call: Call, parts: Parts) -> Answer:
    """Take a push address away; whoever holds it can push no more."""
    async with parts.database.transaction() as tx:
        await actions.delete_address(tx, call.caller, call.params[0], call.params[1])
    return Answer({"id": call.params[1], "deleted_at": now()})


async def find_address_caller(parts: Parts, params: tuple[str, ...]) -> Caller | None:
    """Who asks at `/v1/in/…`: the address itself is the key."""
    if not _SECRET.fullmatch(params[0]):
        return None
    async with parts.database.reader() as reader:
        return await actions.find_address_caller(reader, params[0])


async def _set_by_address(call: Call, parts: Parts) -> Answer:
    if not call.caller.is_signed_in:
        raise NotFound("Push address")
    payload = read_payload(call.body, call.header(b"content-type"))
    async with parts.database.transaction() as tx:
        await actions.push_to_address(tx, call.caller, payload)
    return Done()


@routes.add(
    "POST",
    "/v1/in/{secret}",
    access="anyone",
    takes=TYPES,
    find_caller=find_address_caller,
    answer=Nothing,
)
async def push_to_address(call: Call, parts: Parts) -> Answer:
    """Set the value of the one pin that this address is for; it answers nothing but success."""
    return await _set_by_address(call, parts)


@routes.add(
    "PUT",
    "/v1/in/{secret}",
    access="anyone",
    takes=TYPES,
    find_caller=find_address_caller,
    answer=Nothing,
)
async def put_to_address(call: Call, parts: Parts) -> Answer:
    """Set the value of the one pin that this address is for, for programs that prefer PUT."""
    return await _set_by_address(call, parts)
