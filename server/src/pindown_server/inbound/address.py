"""A push address: a secret URL that sets the value of one pin and nothing else."""

import hashlib
from typing import Any

import msgspec

from ..door.caller import Caller
from ..tiers import Tier

MOST_PER_PIN = 20
LIMITS = Tier(72_000, 1_200)  # tokens: ten pushes a second, each address by itself


class PushAddress(msgspec.Struct, gc=False):
    """An address as stored; `hint` is how its secret ends. The order is the store's columns'."""

    id: str
    pin_id: str
    owner_id: str
    digest: str
    name: str
    hint: str
    by_key: str | None
    created_at: int
    last_used_at: int | None

    def as_json(self) -> dict[str, Any]:
        """The address as its owner sees it, without the secret."""
        return {
            "id": self.id,
            "pin_id": self.pin_id,
            "name": self.name,
            "hint": self.hint,
            "created_by": self.owner_id,
            "created_at": self.created_at,
            "last_used_at": self.last_used_at,
        }

    def as_caller(self) -> Caller:
        """Who pushes to the address: its owner, cut down to this one pin's value.

        Without `datasets:read`, so that variables written through it never gain a dataset.
        """
        return Caller(
            "key",
            budget=self.id,
            user_id=self.owner_id,
            key_id=self.id,
            scopes=frozenset({"pins:write"}),
            resources=frozenset({self.pin_id}),
            tier="push address",
            limits=LIMITS,
        )


def digest_of(secret: str) -> str:
    """What is kept of an address's secret: 190 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
