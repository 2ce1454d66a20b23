"""Budgets: how many tokens a caller has left in two fixed windows on the clock."""

from functools import lru_cache

from ..clock import HOUR, MINUTE, iso
from ..errors import RateLimitExceeded
from ..tiers import Tier

Header = tuple[bytes, bytes]
MOST_REMEMBERED = 200_000  # callers in one hour: about 40 MiB; beyond it all start anew


class Budgets:
    """Spent tokens of every caller, in memory.

    Nodes that share a bus have one budget together: `TogetherBudgets`.
    """

    is_together = False

    def __init__(self) -> None:
        # caller → [tokens spent in this hour, minute of the next number, spent in that minute]
        self._spent: dict[str, list[int]] = {}
        self._hour = 0
        self._minute = 0
        self._hour_reset: Header = (b"", b"")
        self._minute_reset: Header = (b"", b"")

    def spend(
        self, who: str, limits: Tier, cost: int, now: int, *, tier: str = "", upgrade_url: str = ""
    ) -> list[Header]:
        """Spend tokens and tell what is left, as headers; raises RateLimitExceeded.

        An untouched window always lets one call pass, whatever it costs: otherwise the smallest
        tier could never write. Nothing is spent by a refused call.
        """
        spent = self._windows(who, now)
        over_hour = bool(spent[0]) and spent[0] + cost > limits.per_hour
        over_minute = bool(spent[2]) and spent[2] + cost > limits.per_minute
        if over_hour or over_minute:
            raise refusal(spent, limits, cost, now, tier, upgrade_url)
        spent[0] += cost
        spent[2] += cost
        return self._headers(spent, limits, cost)

    async def spend_together(
        self, who: str, limits: Tier, cost: int, now: int, *, tier: str = "", upgrade_url: str = ""
    ) -> list[Header]:
        """As `spend`, counted with what every other node spends."""
        return self.spend(who, limits, cost, now, tier=tier, upgrade_url=upgrade_url)

    async def open(self) -> None:
        """Begin; a node alone has nothing to open."""

    async def close(self) -> None:
        """Let go of what was opened."""

    def give_back(self, who: str, limits: Tier, surplus: int, cost: int, now: int) -> list[Header]:
        """Take back what a call cost too much; the headers as if it had cost the rest alone."""
        spent = self._windows(who, now)
        spent[0] = max(0, spent[0] - surplus)
        spent[2] = max(0, spent[2] - surplus)
        return self._headers(spent, limits, cost - surplus)

    def show(self, who: str, limits: Tier, cost: int, now: int) -> list[Header]:
        """The headers without spending anything."""
        return self._headers(self._windows(who, now), limits, cost)

    def _windows(self, who: str, now: int) -> list[int]:
        minute = now // MINUTE
        if minute != self._minute:
            self._turn(minute)
        spent = self._spent.get(who)
        if spent is None:
            if len(self._spent) >= MOST_REMEMBERED:
                self._spent.clear()
            self._spent[who] = spent = [0, minute, 0]
        elif spent[1] != minute:
            spent[1] = minute
            spent[2] = 0
        return spent

    def _turn(self, minute: int) -> None:
        self._minute = minute
        hour = minute // 60
        if hour != self._hour:
            self._hour = hour
            self._spent.clear()
        self._hour_reset = (b"x-ratelimit-reset-hour", iso((hour + 1) * HOUR).encode())
        self._minute_reset = (b"x-ratelimit-reset-minute", iso((minute + 1) * MINUTE).encode())

    def _headers(self, spent: list[int], limits: Tier, cost: int) -> list[Header]:
        limit_hour, limit_minute = _limit_headers(limits)
        return [
            limit_hour,
            (b"x-ratelimit-remaining-hour", b"%d" % max(0, limits.per_hour - spent[0])),
            self._hour_reset,
            limit_minute,
            (b"x-ratelimit-remaining-minute", b"%d" % max(0, limits.per_minute - spent[2])),
            self._minute_reset,
            _cost_header(cost),
        ]


def refusal(
    spent: list[int], limits: Tier, cost: int, now: int, tier: str, upgrade_url: str
) -> RateLimitExceeded:
    """Why a call is refused; if both windows are over, the hour is named: it ends later."""
    hour, _, minute = spent
    window, limit, used, reset = (
        ("hour", limits.per_hour, hour + cost, (now // HOUR + 1) * HOUR)
        if hour and hour + cost > limits.per_hour
        else ("minute", limits.per_minute, minute + cost, (now // MINUTE + 1) * MINUTE)
    )
    kind = {"tier": tier, "upgrade_url": upgrade_url} if upgrade_url else {}
    return RateLimitExceeded(
        f"Rate limit exceeded. You've used {used} tokens out of {limit} per {window}.",
        details={"limit": limit, "used": used, "window": window, "resetAt": iso(reset), **kind},
        headers={"Retry-After": str(max(1, -((now - reset) // 1000)))},
    )


@lru_cache(maxsize=100)
def _limit_headers(limits: Tier) -> tuple[Header, Header]:
    return (
        (b"x-ratelimit-limit-hour", b"%d" % limits.per_hour),
        (b"x-ratelimit-limit-minute", b"%d" % limits.per_minute),
    )


@lru_cache(maxsize=100)
def _cost_header(cost: int) -> Header:
    return (b"x-ratelimit-token-cost", b"%d" % cost)
