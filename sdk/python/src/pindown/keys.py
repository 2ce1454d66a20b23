"""`/v1/api-keys`"""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, split, write


class KeyUpdate(Options, total=False):
    """What is to be different about a key. `resources`: the only ids it sees, or None for all."""

    name: str
    scopes: Sequence[str]
    resources: Sequence[str] | None
    tier: str | None
    expires_at: int | str | None


class ApiKey(TypedDict, total=False):
    """An API key; `key`, its secret, is in the answers to create and rotate only."""

    id: str
    name: str
    hint: str
    scopes: list[str]
    resources: list[str] | None
    tier: str | None
    expires_at: int | None
    created_at: int
    created_by: str
    last_used_at: int | None
    key: str
    budget: dict[str, dict[str, Any]]


class Keys(Group[S]):
    """API keys."""

    @call
    def create(
        self,
        name: str,
        scopes: Sequence[str],
        /,
        *,
        resources: Sequence[str] | None = None,
        expires_at: int | str | None = None,
    ) -> Request[ApiKey]:
        """Make a key; `key` in the answer is its secret, shown this once."""
        wanted = {"resources": resources, "expires_at": expires_at}
        given = {word: value for word, value in wanted.items() if value is not None}
        body = {"name": name, "scopes": scopes, **given}
        # A repeated answer would come without the secret.
        return write("POST", path_of("api-keys"), {}, body, is_secret=True)

    @call
    def list(
        self, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List your keys, newest first, without their secrets."""
        return read(path_of("api-keys"), {"limit": limit, "offset": offset})

    @call
    def update(self, key_id: str, /, **changes: Unpack[KeyUpdate]) -> Request[ApiKey]:
        """Change a key's name, scopes, resources, tier or expiry."""
        options, given = split(changes)
        return write("PATCH", path_of("api-keys", key_id), options, given)

    @call
    def rotate(self, key_id: str, /) -> Request[ApiKey]:
        """Give a key another secret, shown this once; the old one is useless at once."""
        return write("POST", path_of("api-keys", key_id, "rotate"), {}, is_secret=True)

    @call
    def delete(self, key_id: str, /, **options: Unpack[Options]) -> Request[dict[str, Any]]:
        """Revoke a key: it is useless from now on and its streams end."""
        return write("DELETE", path_of("api-keys", key_id), options)

    @call
    def current(self) -> Request[ApiKey]:
        """What the key that asks may do, and what is left of its budget."""
        return read(path_of("api-keys", "current"))
