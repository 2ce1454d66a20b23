"""What routes of roles answer, described."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType


class RoleAnswer(msgspec.Struct, omit_defaults=True):
    """A role and who holds it. `pins`, which ask for it, are told to the owner and editors."""

    name: str
    color: str
    permissions: dict[str, Any]
    user_ids: list[str]
    pins: list[str] | UnsetType = UNSET


class RoleSaved(msgspec.Struct):
    """A role that was made or changed."""

    roleId: str  # noqa: N815  as clients of this API know it
    id: str
    name: str
    color: str
    permissions: dict[str, Any]


class RoleMembers(msgspec.Struct):
    """Who holds a role now."""

    id: str
    user_ids: list[str]


class RoleGone(msgspec.Struct):
    """A role that is no more."""

    id: str


class PinRoles(msgspec.Struct):
    """For which roles a pin asks on a pinboard now."""

    pin_id: str
    role_ids: list[str]
