"""What can be done without knowing what a pin is: push to a name, push to an address."""

import re
from typing import NamedTuple

import msgspec

from .. import ids
from ..clock import MINUTE, now
from ..door.caller import Caller
from ..errors import Conflict, NotFound, ValidationFailed, invalid
from ..people import store as people
from ..pinboards import actions as pinboards
from ..pinboards import store as boards
from ..pins import actions as pins
from ..pins import body as bodies
from ..pins import store as pin_store
from ..pins.body import Changes
from ..pins.pin import Pin
from ..rights import Right
from ..storage import Reader, Transaction
from . import store
from .address import MOST_PER_PIN, PushAddress, digest_of
from .payload import Payload
from .shape import is_body, shape_for, shape_new

NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?")
INBOX = "Inbox"


class Pushed(NamedTuple):
    """The pin after a push, whether it is new, and the pinboard it was placed on if it is."""

    pin: Pin
    is_new: bool
    board_id: str | None = None


async def push_value(tx: Transaction, caller: Caller, name: str, payload: Payload) -> Pushed:
    """Set the value of the caller's pin of this name; the first push makes it."""
    if not NAME.fullmatch(name):
        expected = "1 to 64 of a-z, 0-9, - and _"
        raise invalid(
            "name", f"The name of a pushed pin is {expected}, such as disk-free", expected
        )
    pin_id = await _find_own(tx, caller, name)
    if pin_id is None:
        caller.require_may_create()
        # Of two first pushes at once, one waits here and then finds the other's pin.
        await people.lock_account(tx, caller.user_id)
        pin_id = await _find_own(tx, caller, name)
    if pin_id is not None:
        return Pushed(await _set_value(tx, caller, pin_id, payload), is_new=False)
    pin = await pins.create_pin(tx, caller, _first_changes(name, payload))
    await store.save_pushed(tx, caller.user_id, name, pin.id)
    return Pushed(pin, is_new=True, board_id=await _place(tx, caller, pin))


async def push_to_address(tx: Transaction, caller: Caller, payload: Payload) -> Pin:
    """Set the value of the pin that an address is for, as long as who made it owns the pin."""
    address = await _get_used(tx, caller)
    pin = await _set_value(tx, caller, address.pin_id, payload)
    moment = now()
    if moment - (address.last_used_at or 0) >= MINUTE:
        await store.save_use(tx, address.id, moment)
    return pin


async def create_address(
    tx: Transaction, caller: Caller, pin_id: str, name: str
) -> tuple[PushAddress, str]:
    """A new push address of a pin, and its secret, which is not kept."""
    pin = await pin_store.get_pin(tx, pin_id, caller, lock=True)
    pin.require(Right.OWN)
    if len(await store.list_addresses(tx, pin.id)) >= MOST_PER_PIN:
        raise Conflict(f"A pin has at most {MOST_PER_PIN} push addresses: delete one first")
    secret = ids.new_token()
    address = PushAddress(
        id=ids.new_id(ids.PUSH_ADDRESS),
        pin_id=pin.id,
        owner_id=caller.user_id,
        digest=digest_of(secret),
        name=name,
        hint=secret[-4:],
        by_key=caller.key_id or None,
        created_at=now(),
        last_used_at=None,
    )
    await store.add_address(tx, address)
    return address, secret


async def list_addresses(reader: Reader, caller: Caller, pin_id: str) -> list[PushAddress]:
    """The pin's push addresses, newest first; only its owner may know them."""
    pin = await pin_store.get_pin(reader, pin_id, caller)
    pin.require(Right.OWN)
    return await store.list_addresses(reader, pin.id)


async def delete_address(tx: Transaction, caller: Caller, pin_id: str, address_id: str) -> None:
    """Take a push address away: whoever holds it gets a 404 from now on."""
    pin = await pin_store.get_pin(tx, pin_id, caller)
    pin.require(Right.OWN)
    if not await store.remove_address(tx, pin.id, address_id):
        raise NotFound("Push address")


async def find_address_caller(reader: Reader, secret: str) -> Caller | None:
    """Who pushes to the address with this secret; None if there is none."""
    address = await store.find_address(reader, digest_of(secret))
    return None if address is None else address.as_caller()


async def _get_used(tx: Transaction, caller: Caller) -> PushAddress:
    """The address behind a call, in the transaction: it may have gone since the door was passed."""
    ((pin_id,)) = caller.resources or ("",)
    for address in await store.list_addresses(tx, pin_id):
        if address.id == caller.key_id:
            pin = await pin_store.get_pin(tx, pin_id, caller)
            if pin.owner_id == address.owner_id:
                return address
    raise NotFound("Push address")


async def _find_own(reader: Reader, caller: Caller, name: str) -> str | None:
    """The pin of this name, unless it was deleted or given away; then the name is free again."""
    pin_id = await store.find_pushed(reader, caller.user_id, name)
    if pin_id is None or not await pin_store.is_own(reader, pin_id, caller.user_id):
        return None
    return pin_id


async def _set_value(tx: Transaction, caller: Caller, pin_id: str, payload: Payload) -> Pin:
    return await pins.update_pin(tx, caller, pin_id, lambda pin: _config_of(payload, pin))


def _config_of(payload: Payload, pin: Pin) -> Changes:
    """The change of config that a value means, and no other change, whatever else was said."""
    if not is_body(payload.value):
        return Changes({"config": _text(shape_for(payload, pin))}, {}, config_path="body")
    said = bodies.read_changes(msgspec.json.encode(payload.value), pin)
    if said.values.get("pin_type", pin.pin_type) != pin.pin_type:
        raise ValidationFailed(
            f"This pin is a {pin.pin_type}: a push changes its value, not its type",
            reason="PIN_CONFIG_INVALID",
        )
    if "config" not in said.values:
        raise invalid("content", "content is required: a push sets the value and nothing else")
    return Changes({"config": said.values["config"]}, {}, config_path=said.config_path)


def _first_changes(name: str, payload: Payload) -> Changes:
    title = re.sub(r"[-_]+", " ", name).capitalize()
    if is_body(payload.value):
        changes = bodies.read_changes(msgspec.json.encode(payload.value), None)
        changes.values.setdefault("title", title)
        return changes
    shaped = shape_new(payload, title)
    return Changes(
        {"title": title, "pin_type": shaped.pin_type, "config": _text(shaped.config)},
        {},
        config_path="body",
    )


def _text(config: object) -> str:
    return bodies.one_line("body", msgspec.Raw(msgspec.json.encode(config)))


async def _place(tx: Transaction, caller: Caller, pin: Pin) -> str | None:
    """Place a new pin on the owner's inbox, which the first one makes; None if it is full."""
    board_id = await store.find_inbox(tx, caller.user_id)
    board = None if board_id is None else await boards.find_pinboard(tx, board_id, caller)
    if board is None or board.owner_id != caller.user_id:
        board = await pinboards.create_pinboard(tx, caller, Changes({"title": INBOX}, {}))
        await store.save_inbox(tx, caller.user_id, board.id)
    try:
        placed = await pinboards.place_pin(tx, caller, board.id, pin.id, None, None)
    except Conflict:
        return None
    return placed.board.id
