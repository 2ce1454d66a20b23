"""`/v1/pinboards/:id/roles`"""

from collections.abc import Sequence
from typing import Any, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, split, write


class RoleUpdate(Options, total=False):
    """What a custom role is written with. `color` is `#RRGGBB`."""

    name: str
    color: str
    permissions: Any


class Roles(Group[S]):
    """Custom roles of a pinboard: who holds none of those that a pin asks for does not see it there."""

    @call
    def list(self, pinboard_id: str, /) -> Request[dict[str, Any]]:
        """The roles by id."""
        return read(path_of("pinboards", pinboard_id, "roles"))

    @call
    def create(self, pinboard_id: str, /, **fields: Unpack[RoleUpdate]) -> Request[dict[str, Any]]:
        """Make a role: `create(board, name="Press", color="#3366CC")`; five at most."""
        options, given = split(fields)
        return write("POST", path_of("pinboards", pinboard_id, "roles"), options, given)

    @call
    def update(
        self, pinboard_id: str, role_id: str, /, **fields: Unpack[RoleUpdate]
    ) -> Request[dict[str, Any]]:
        """Change what is given."""
        options, given = split(fields)
        return write("PUT", path_of("pinboards", pinboard_id, "roles", role_id), options, given)

    @call
    def delete(
        self, pinboard_id: str, role_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take a role away, unless a pin asks for it alone."""
        return write("DELETE", path_of("pinboards", pinboard_id, "roles", role_id), options)

    @call
    def set_members(
        self, pinboard_id: str, role_id: str, user_ids: Sequence[str], /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Say who of the board's people holds a role, in place of who held it."""
        path = path_of("pinboards", pinboard_id, "roles", role_id, "members")
        return write("PUT", path, options, {"user_ids": [*user_ids]})

    @call
    def set_pin_roles(
        self, pinboard_id: str, pin_id: str, role_ids: Sequence[str], /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Say which roles a pin asks for on this pinboard; none opens it again."""
        path = path_of("pinboards", pinboard_id, "pins", pin_id, "roles")
        return write("PUT", path, options, {"role_ids": [*role_ids]})
