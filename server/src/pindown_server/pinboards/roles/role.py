"""A role of a pinboard's own making. No database, no HTTP."""

from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ...errors import invalid

MOST_ROLES: Final = 5  # of a pinboard, as clients of this API know it
MOST_MEMBERS: Final = 1_000
LARGEST_PERMISSIONS: Final = 4 * 1024  # bytes; a role is read whenever its pinboard is

Name = Annotated[str, Meta(min_length=1, max_length=50)]
Color = Annotated[
    str,
    Meta(pattern="^#[0-9A-Fa-f]{6}$", extra_json_schema={"x-expected": "a color such as #FFD700"}),
]
Permissions = Annotated[
    dict[str, Any], Meta(description="any object: kept and answered, and minded by nothing here")
]


class Role(msgspec.Struct, frozen=True):
    """A name and a colour for some of the people of a pinboard. In the order of the columns."""

    id: str
    pinboard_id: str
    name: str
    color: str
    permissions: str  # JSON object; kept for clients, nothing here asks for it
    created_at: int

    def as_json(self) -> dict[str, Any]:
        """The role as the people of the pinboard see it."""
        permissions = msgspec.json.decode(self.permissions)
        return {"name": self.name, "color": self.color, "permissions": permissions}


def as_stored(permissions: dict[str, Any]) -> str:
    """What clients keep with a role, as JSON; raises ValidationFailed if it is too much."""
    text = msgspec.json.encode(permissions)
    if len(text) > LARGEST_PERMISSIONS:
        raise invalid("permissions", "permissions holds more than 4 KiB", "≤ 4 KiB")
    return text.decode()


class NewRole(msgspec.Struct, forbid_unknown_fields=True):
    """A role to make up."""

    name: Name
    color: Color
    permissions: Permissions = {}


class RoleChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be different about a role."""

    name: Name | UnsetType = UNSET
    color: Color | UnsetType = UNSET
    permissions: Permissions | UnsetType = UNSET


class Members(msgspec.Struct, forbid_unknown_fields=True):
    """Everybody who shall hold the role, and nobody else."""

    user_ids: Annotated[list[str], Meta(max_length=MOST_MEMBERS)]


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """The roles of which one lets somebody see the pin here; none: everybody who sees the board."""

    role_ids: Annotated[list[str], Meta(max_length=MOST_ROLES)]
