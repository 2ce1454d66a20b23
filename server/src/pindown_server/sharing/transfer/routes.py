"""Giving things to another owner over HTTP."""

import msgspec

from ...door import needs
from ...door.call import Answer, Call
from ...door.route import Routes
from ...parts import Parts
from ...rights import Right
from ...storage import Transaction
from ..collaborator import Kind
from ..posting import post
from . import actions
from .actions import Given, NewOwner
from .letters import letter_of

routes = Routes()

NEEDS = needs.one_of("email", "user_id") | needs.not_both("email", "user_id")


class TransferAnswer(msgspec.Struct):
    """Whose it is now, and at which revision."""

    id: str
    owner_id: str
    revision: int


@routes.add(
    "POST",
    "/v1/pins/{pin_id}/transfer",
    scope="pins:write",
    right=Right.OWN,
    cost=3,
    body=NewOwner,
    needs=NEEDS,
    dry_run=True,
    answer=TransferAnswer,
    audit=("pin.transferred", "owner_id"),
)
async def transfer_pin(call: Call, parts: Parts) -> Answer:
    """Give a pin to another owner. You stay its editor; it draws from no dataset of yours any more."""
    return await _transfer(call, parts, "pin")


@routes.add(
    "POST",
    "/v1/pinboards/{pinboard_id}/transfer",
    scope="pinboards:write",
    right=Right.OWN,
    cost=3,
    body=NewOwner,
    needs=NEEDS,
    dry_run=True,
    answer=TransferAnswer,
    audit=("pinboard.transferred", "owner_id"),
)
async def transfer_pinboard(call: Call, parts: Parts) -> Answer:
    """Give a pinboard to another owner. You stay its editor; the pins on it stay whose they are."""
    return await _transfer(call, parts, "pinboard")


@routes.add(
    "POST",
    "/v1/pages/{page_id}/transfer",
    scope="pages:write",
    right=Right.OWN,
    cost=3,
    body=NewOwner,
    needs=NEEDS,
    dry_run=True,
    answer=TransferAnswer,
    audit=("page.transferred", "owner_id"),
)
async def transfer_page(call: Call, parts: Parts) -> Answer:
    """Give a page to another owner. You stay its editor; the pins on it stay whose they are."""
    return await _transfer(call, parts, "page")


@routes.add(
    "POST",
    "/v1/datasets/{dataset_id}/transfer",
    scope="datasets:write",
    right=Right.OWN,
    cost=3,
    body=NewOwner,
    needs=NEEDS,
    dry_run=True,
    answer=TransferAnswer,
    errors=(409,),
    audit=("dataset.transferred", "owner_id"),
)
async def transfer_dataset(call: Call, parts: Parts) -> Answer:
    """Give a dataset to another owner. Your pins draw from it no more."""
    to = call.read(NewOwner)
    async with parts.database.transaction() as tx:
        given = await actions.transfer_dataset(
            tx, call.caller, call.params[0], to, call.if_match, parts.dataset_users
        )
        _tell(tx, call, parts, "dataset", given)
    return _answer(given)


async def _transfer(call: Call, parts: Parts, kind: Kind) -> Answer:
    to = call.read(NewOwner)
    async with parts.database.transaction() as tx:
        given = await actions.transfer(tx, call.caller, kind, call.params[0], to, call.if_match)
        _tell(tx, call, parts, kind, given)
    return _answer(given)


def _tell(tx: Transaction, call: Call, parts: Parts, kind: str, given: Given) -> None:
    """Write to the new owner, where there is a mail server."""
    if parts.mail.is_on:
        letter = letter_of(parts.settings, kind, given)
        post(tx, parts.mail, parts.budgets, call.caller, letter)


def _answer(given: Given) -> Answer:
    data = {"id": given.id, "owner_id": given.owner_id, "revision": given.revision}
    return Answer(data, etag=f'"{given.revision}"')
