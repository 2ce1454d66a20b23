"""What can be done with a pinboard's own roles."""

from typing import Any

import msgspec
from msgspec import UNSET

from ... import ids
from ...changes import rights_changed
from ...clock import now
from ...door.caller import Caller
from ...errors import Conflict, Forbidden, NotFound, Problem, ValidationFailed
from ...rights import Right
from ...rights import Role as Standing
from ...storage import Reader, Transaction
from .. import store as pinboards
from ..actions import announce_audience
from . import store
from .role import MOST_ROLES, NewRole, Role, RoleChanges, as_stored


async def list_roles(reader: Reader, caller: Caller, board_id: str) -> dict[str, dict[str, Any]]:
    """The roles of a pinboard by id, for the people it is shared with."""
    board = await pinboards.get_pinboard(reader, board_id, caller)
    if board.role == Standing.PUBLIC:
        raise Forbidden(
            "Only people this pinboard is shared with see its roles", right=Right.BELONG
        )
    listed = {
        role.id: role.as_json() | {"user_ids": []}
        for role in await store.list_roles(reader, board.id)
    }
    for role_id, user_id in await store.list_members(reader, board.id):
        listed[role_id]["user_ids"].append(user_id)
    if board.may(Right.SEE_SOURCE):
        listed = {role_id: role | {"pins": []} for role_id, role in listed.items()}
        for role_id, pin_id in await store.list_asked(reader, board.id):
            listed[role_id]["pins"].append(pin_id)
    return listed


async def create_role(tx: Transaction, caller: Caller, board_id: str, wanted: NewRole) -> Role:
    """A new role, which nobody holds yet; Conflict for the sixth."""
    if len(await _roles_of_own(tx, caller, board_id)) >= MOST_ROLES:
        raise Conflict(f"A pinboard has at most {MOST_ROLES} roles of its own")
    role = Role(
        ids.new_id(ids.ROLE),
        board_id,
        wanted.name,
        wanted.color,
        as_stored(wanted.permissions),
        now(),
    )
    await store.add_role(tx, role)
    return role


async def change_role(
    tx: Transaction, caller: Caller, board_id: str, role_id: str, changes: RoleChanges
) -> Role:
    """Change what is sent of a role."""
    role = await _get_role(tx, caller, board_id, role_id)
    given = {
        name: value for name, value in msgspec.structs.asdict(changes).items() if value is not UNSET
    }
    if "permissions" in given:
        given["permissions"] = as_stored(given["permissions"])
    changed = msgspec.structs.replace(role, **given)
    if changed != role:
        await store.save_role(tx, changed)
    return changed


async def remove_role(tx: Transaction, caller: Caller, board_id: str, role_id: str) -> None:
    """Take a role away; Conflict while a pin asks for it alone: that would open it to all."""
    role = await _get_role(tx, caller, board_id, role_id)
    asked = await store.list_asked(tx, board_id)
    others = {pin_id for other, pin_id in asked if other != role.id}
    alone = [pin_id for other, pin_id in asked if other == role.id and pin_id not in others]
    if alone:
        raise Conflict(
            "Pins ask for this role alone: have them ask for another first, or for none",
            details={"pins": alone},
        )
    await store.remove_role(tx, role.id)
    await announce_audience(tx, board_id)


async def set_members(
    tx: Transaction, caller: Caller, board_id: str, role_id: str, user_ids: list[str]
) -> list[str]:
    """Have these people of the pinboard hold a role, and nobody else."""
    role = await _get_role(tx, caller, board_id, role_id)
    wanted = list(dict.fromkeys(user_ids))
    people = await store.list_people(tx, board_id, wanted) if wanted else set()
    _require_known("user_ids", user_ids, people, "is nobody this pinboard is shared with")
    await store.save_members(tx, role.id, wanted)
    await announce_audience(tx, board_id)
    return sorted(wanted)


async def ask_for_roles(
    tx: Transaction, caller: Caller, board_id: str, pin_id: str, role_ids: list[str]
) -> list[str]:
    """Have a pin be seen on a pinboard by who holds one of these roles; none: by all as before."""
    roles = {role.id for role in await _roles_of_own(tx, caller, board_id)}
    if not await store.is_placed(tx, board_id, pin_id):
        raise NotFound("Pin")
    _require_known("role_ids", role_ids, roles, "is no role of this pinboard")
    wanted = sorted(set(role_ids))
    await store.save_asked(tx, board_id, pin_id, wanted)
    tx.announce(rights_changed(board_id))
    tx.announce(rights_changed(pin_id))
    return wanted


async def _roles_of_own(tx: Transaction, caller: Caller, board_id: str) -> list[Role]:
    """The roles of the caller's own pinboard, which stays locked; NotFound, Forbidden."""
    board = await pinboards.get_pinboard(tx, board_id, caller, lock=True)
    board.require(Right.OWN)
    return await store.list_roles(tx, board.id)


async def _get_role(tx: Transaction, caller: Caller, board_id: str, role_id: str) -> Role:
    for role in await _roles_of_own(tx, caller, board_id):
        if role.id == role_id:
            return role
    raise NotFound("Role")


def _require_known(field: str, given: list[str], known: set[str], why: str) -> None:
    problems = [Problem(f"{field}/{at}", why) for at, one in enumerate(given) if one not in known]
    if problems:
        raise ValidationFailed(f"{problems[0].field} {why}", problems)
