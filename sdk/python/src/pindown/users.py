"""`/v1/users`"""

from typing import Any, TypedDict, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, split, write


class User(TypedDict, total=False):
    """Somebody's account. `reset_url`, to set a password, is in the answer to its creation only."""

    id: str
    email: str
    name: str
    tier: str
    is_admin: bool
    created_at: int
    reset_url: str


class UserUpdate(Options, total=False):
    """What an admin changes of an account."""

    name: str
    tier: str
    is_admin: bool


class NewUser(UserUpdate, total=False):
    """An account for somebody else. Without a password the answer has a link to set one."""

    email: str
    password: str


class Users(Group[S]):
    """Everybody's accounts, for admins."""

    @call
    def list(
        self, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List them, newest first."""
        return read(path_of("users"), {"limit": limit, "offset": offset})

    @call
    def create(self, **fields: Unpack[NewUser]) -> Request[User]:
        """Make an account for somebody: `create(email="ben@example.org")`."""
        options, given = split(fields)
        return write("POST", path_of("users"), options, given, is_secret=True)

    @call
    def update(self, user_id: str, /, **fields: Unpack[UserUpdate]) -> Request[User]:
        """Change what is given."""
        options, given = split(fields)
        return write("PATCH", path_of("users", user_id), options, given)

    @call
    def delete(self, user_id: str, /, **options: Unpack[Options]) -> Request[dict[str, Any]]:
        """Remove the account and everything in it."""
        return write("DELETE", path_of("users", user_id), options)
