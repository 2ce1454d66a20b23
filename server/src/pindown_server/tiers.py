"""Tiers: how many tokens an account may spend in an hour and in a minute."""

from typing import NamedTuple


class Tier(NamedTuple):
    """Limits in tokens; a write costs 2, a read 1."""

    per_hour: int
    per_minute: int


TIERS: dict[str, Tier] = {
    "starter": Tier(16, 1),
    "hobby": Tier(3_000, 50),
    "professional": Tier(1_000, 60),
    "team": Tier(5_000, 300),
    "self-hosted": Tier(36_000_000, 600_000),
}

# Sessions and visitors are limited per user and per address: enough for a wall of boards.
PEOPLE = Tier(360_000, 12_000)
