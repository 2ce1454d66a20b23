"""`/v1/invitations`, and the pages' own family of them"""

from typing import Any, Unpack

from .collaborators import Role
from .group import Group, S, call
from .request import Options, Request, path_of, read, write


class Invitations(Group[S]):
    """Invitations that you sent and nobody accepted yet; adding a collaborator sends them."""

    @call
    def list(
        self, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List them, newest first."""
        return read(path_of("invitations"), {"limit": limit, "offset": offset})

    @call
    def get(self, token: str, /) -> Request[dict[str, Any]]:
        """What an invitation's link is for; needs no key."""
        return read(path_of("invitations", token))

    @call
    def withdraw(
        self, invitation_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take one back: its link works no more."""
        return write("DELETE", path_of("invitations", invitation_id), options)


class PageInvitations(Group[S]):
    """Who is invited to a page and who came, under the names that pages have for it."""

    @call
    def send(
        self, page_id: str, email: str, role: Role, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Invite somebody by e-mail; a known account becomes active at once."""
        path = path_of("pages", page_id, "invitations", "send")
        return write("POST", path, options, {"email": email, "role": role}, is_secret=True)

    @call
    def list(self, page_id: str, /) -> Request[dict[str, Any]]:
        """List who is invited (`pending`) and who has a role (`active`)."""
        return read(path_of("pages", page_id, "invitations"))

    @call
    def withdraw(
        self, page_id: str, email: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take back what somebody was invited with."""
        return write("DELETE", path_of("pages", page_id, "invitations", email), options)

    @call
    def set_role(
        self, page_id: str, user_id: str, role: Role, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Give somebody another role."""
        path = path_of("pages", page_id, "users", user_id, "role")
        return write("PUT", path, options, {"role": role})
