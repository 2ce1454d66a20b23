"""`…/:id/collaborators` of a pin or a pinboard."""

from typing import Any, Literal, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, write

Role = Literal["editor", "viewer"]


class Collaborators(Group[S]):
    """Who else sees or edits a thing."""

    def __init__(self, sender: S, things: str) -> None:
        super().__init__(sender)
        self._things = things

    @call
    def list(self, thing_id: str, /) -> Request[dict[str, Any]]:
        """List them."""
        return read(self._path(thing_id))

    @call
    def add(
        self,
        thing_id: str,
        email: str,
        role: Role,
        message: str | None = None,
        /,
        **options: Unpack[Options],
    ) -> Request[dict[str, Any]]:
        """Invite somebody by e-mail; a known account becomes active at once.

        For others the answer may hold `invite_url`, shown this once.
        """
        invitation = {"email": email, "role": role}
        if message is not None:
            invitation["message"] = message
        return write("POST", self._path(thing_id), options, invitation, is_secret=True)

    @call
    def update(
        self, thing_id: str, user_id: str, role: Role, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Give somebody another role."""
        return write("PUT", self._path(thing_id, user_id), options, {"role": role})

    @call
    def remove(
        self, thing_id: str, user_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Let somebody go; they lose it at once, also in open streams."""
        return write("DELETE", self._path(thing_id, user_id), options)

    def _path(self, thing_id: str, *user: str) -> str:
        return path_of(self._things, thing_id, "collaborators", *user)
