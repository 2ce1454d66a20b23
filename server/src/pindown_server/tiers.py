"""Tiers: how many tokens an account may spend in an hour and in a minute."""

import re
from typing import Final, NamedTuple

from .errors import invalid


class Tier(NamedTuple):
    """Limits in tokens; a write costs 2, a read 1."""

    per_hour: int
    per_minute: int


class Tiers(dict[str, Tier]):
    """The tiers of a server by name."""

    def read(self, text: str) -> str:
        """The name of a tier; raises ValidationFailed."""
        if text not in self:
            raise invalid("tier", "tier must be one of " + ", ".join(self), " | ".join(self))
        return text

    def limits_of(self, name: str) -> Tier:
        """The limits of a tier; of one that is no more, the smallest there are."""
        return self.get(name) or min(self.values())

    def is_wider(self, name: str, other: str) -> bool:
        """Whether a tier lets do more than another, in an hour or in a minute."""
        wanted, own = self.limits_of(name), self.limits_of(other)
        return wanted.per_hour > own.per_hour or wanted.per_minute > own.per_minute


TIERS: Final = Tiers(
    {
        "starter": Tier(16, 1),
        "hobby": Tier(3_000, 50),
        "professional": Tier(1_000, 60),
        "team": Tier(5_000, 300),
        "self-hosted": Tier(36_000_000, 600_000),
    }
)

# Sessions and visitors are limited per user and per address: enough for a wall of boards.
PEOPLE: Final = Tier(360_000, 12_000)

_TIER = re.compile(r"([a-z][a-z0-9-]{0,39})=([1-9]\d{0,11})/([1-9]\d{0,11})")


def read_tiers(text: str) -> Tiers:
    """The tiers with those that an operator changed or added: `team=9000/500, lab=100/10`.

    Raises ValueError with the part that cannot be read.
    """
    tiers = Tiers(TIERS)
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _TIER.fullmatch(part)
        if match is None:
            raise ValueError(part)
        tiers[match[1]] = Tier(int(match[2]), int(match[3]))
    return tiers
