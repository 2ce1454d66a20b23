"""Who is asking."""

import ipaddress
from functools import lru_cache
from typing import Literal

import msgspec

from ..errors import Forbidden
from ..tiers import PEOPLE, Tier
from . import scopes

EVERYTHING = frozenset({scopes.ALL})


class Caller(msgspec.Struct, frozen=True, gc=False):
    """A key, a session, or a visitor without an account.

    A key acts as its user, cut down to its scopes and, if it is narrowed, to its resources.
    `budget` names whose tokens are spent.
    """

    kind: Literal["key", "session", "visitor"]
    budget: str
    user_id: str = ""
    key_id: str = ""
    session_id: str = ""
    scopes: frozenset[str] = EVERYTHING
    resources: frozenset[str] | None = None
    tier: str = ""
    limits: Tier = PEOPLE
    is_admin: bool = False
    expires_at: int | None = None

    def holds(self, scope: str) -> bool:
        """Whether the caller may use an endpoint of this scope."""
        return scopes.grants(self.scopes, scope)

    def reads(self, scope: str) -> bool:
        """Whether the caller may look at things of this scope, where visitors may look as well."""
        return self.kind == "visitor" or self.holds(scope)

    def reaches(self, thing_id: str) -> bool:
        """Whether a narrowed key is narrowed to this; everybody else reaches everything."""
        return self.resources is None or thing_id in self.resources

    def require_may_create(self) -> None:
        """Raise Forbidden for a narrowed key: it could not see what it made."""
        if self.resources is not None:
            raise Forbidden("A key that is limited to some things cannot create others")

    @property
    def is_signed_in(self) -> bool:
        """Whether there is an account behind the call."""
        return self.user_id != ""

    @property
    def topics(self) -> tuple[str, ...]:
        """What ends the caller's streams when it is announced as ended."""
        return tuple(filter(None, (self.user_id, self.key_id, self.session_id)))


@lru_cache(maxsize=10_000)
def visitor(address: str) -> Caller:
    """Somebody without an account, known by the address the call came from."""
    return Caller("visitor", budget="address " + household(address), scopes=frozenset())


def household(address: str) -> str:
    """What is counted as one address: of IPv6 the 2^64 of which anybody has as many as they like."""
    if ":" not in address:
        return address
    try:
        found = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((found.packed, 64), strict=False))
