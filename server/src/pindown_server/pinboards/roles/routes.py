"""A pinboard's own roles over HTTP."""

from typing import Any

from ...door.call import Answer, Call
from ...door.route import Routes
from ...parts import Parts
from ...rights import Right
from . import actions
from .answers import PinRoles, RoleAnswer, RoleGone, RoleMembers, RoleSaved
from .role import Asked, Members, NewRole, Role, RoleChanges

routes = Routes()

ROLES = "/v1/pinboards/{pinboard_id}/roles"
ROLE = ROLES + "/{role_id}"
SCOPE = "pinboards:invite"


@routes.add("GET", ROLES, scope=SCOPE, right=Right.BELONG, answer=dict[str, RoleAnswer])
async def list_roles(call: Call, parts: Parts) -> Answer:
    """List a pinboard's own roles and who holds them, by their ids."""
    async with parts.database.reader() as reader:
        return Answer(await actions.list_roles(reader, call.caller, call.params[0]))


@routes.add(
    "POST",
    ROLES,
    scope=SCOPE,
    right=Right.OWN,
    status=201,
    body=NewRole,
    dry_run=True,
    answer=RoleSaved,
    errors=(409,),
    audit=("role.created", "id"),
)
async def create_role(call: Call, parts: Parts) -> Answer:
    """Make up a role, at most five for a pinboard. Pins can ask for it, people can hold it."""
    wanted = call.read(NewRole)
    async with parts.database.transaction() as tx:
        role = await actions.create_role(tx, call.caller, call.params[0], wanted)
    return Answer(_saved(role))


@routes.add(
    "PUT",
    ROLE,
    scope=SCOPE,
    right=Right.OWN,
    body=RoleChanges,
    dry_run=True,
    answer=RoleSaved,
    audit=("role.changed", "id"),
)
async def change_role(call: Call, parts: Parts) -> Answer:
    """Change a role's name, colour or permissions."""
    (board_id, role_id), changes = call.params, call.read(RoleChanges)
    async with parts.database.transaction() as tx:
        role = await actions.change_role(tx, call.caller, board_id, role_id, changes)
    return Answer(_saved(role))


@routes.add(
    "DELETE",
    ROLE,
    scope=SCOPE,
    right=Right.OWN,
    dry_run=True,
    answer=RoleGone,
    errors=(409,),
    audit=("role.deleted", "id"),
)
async def remove_role(call: Call, parts: Parts) -> Answer:
    """Take a role away, unless a pin asks for it alone."""
    async with parts.database.transaction() as tx:
        await actions.remove_role(tx, call.caller, *call.params)
    return Answer({"id": call.params[1]})


@routes.add(
    "PUT",
    ROLE + "/members",
    scope=SCOPE,
    right=Right.OWN,
    body=Members,
    dry_run=True,
    answer=RoleMembers,
    audit=("role.members_changed", "id", "user_ids"),
)
async def set_role_members(call: Call, parts: Parts) -> Answer:
    """Say who holds a role: people the pinboard is shared with. Nobody else does any more."""
    (board_id, role_id), user_ids = call.params, call.read(Members).user_ids
    async with parts.database.transaction() as tx:
        members = await actions.set_members(tx, call.caller, board_id, role_id, user_ids)
    return Answer({"id": role_id, "user_ids": members})


@routes.add(
    "PUT",
    "/v1/pinboards/{pinboard_id}/pins/{pin_id}/roles",
    scope=SCOPE,
    right=Right.OWN,
    body=Asked,
    dry_run=True,
    answer=PinRoles,
    audit=("pinboard.pin_roles_changed", "pin_id", "role_ids"),
)
async def ask_for_roles(call: Call, parts: Parts) -> Answer:
    """Have a pin ask for roles on a pinboard: who holds none of them does not see it there."""
    (board_id, pin_id), role_ids = call.params, call.read(Asked).role_ids
    async with parts.database.transaction() as tx:
        asked = await actions.ask_for_roles(tx, call.caller, board_id, pin_id, role_ids)
    return Answer({"pin_id": pin_id, "role_ids": asked})


def _saved(role: Role) -> dict[str, Any]:
    return {"roleId": role.id, "id": role.id, **role.as_json()}
