"""Budgets of one node and of several: the same numbers, the same refusals."""

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pindown_server.clock import HOUR, MINUTE, iso
from pindown_server.door import together
from pindown_server.door.budgets import Budgets
from pindown_server.door.together import TogetherBudgets
from pindown_server.errors import RateLimitExceeded
from pindown_server.tiers import TIERS, Tier
from redis import Redis

BEGIN = 495_000 * HOUR + 10 * MINUTE
SMALL = Tier(per_hour=40, per_minute=7)


@pytest.fixture
async def nodes(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[TogetherBudgets, TogetherBudgets]]:
    monkeypatch.setattr(together, "PATIENCE", 30)
    both = TogetherBudgets(redis_url), TogetherBudgets(redis_url)
    for one in both:
        await one.open()
    yield both
    for one in both:
        await one.close()


async def _spend(budgets: Budgets, limits: Tier, cost: int, moment: int) -> Any:
    """What a call is told: the budget's headers, or why it is refused and what is shown with that."""
    try:
        return await budgets.spend_together(
            "key_a", limits, cost, moment, tier="t", upgrade_url="u"
        )
    except RateLimitExceeded as error:
        shown = budgets.show("key_a", limits, cost, moment)
        return error.message, error.details, error.headers, shown


async def test_what_is_told_is_exact(nodes: tuple[TogetherBudgets, TogetherBudgets]) -> None:
    next_hour = BEGIN - BEGIN % HOUR + HOUR
    for budgets in (Budgets(), nodes[0]):
        headers = dict(await _spend(budgets, SMALL, 5, BEGIN))
        assert headers == {
            b"x-ratelimit-limit-hour": b"40",
            b"x-ratelimit-remaining-hour": b"35",
            b"x-ratelimit-reset-hour": iso(next_hour).encode(),
            b"x-ratelimit-limit-minute": b"7",
            b"x-ratelimit-remaining-minute": b"2",
            b"x-ratelimit-reset-minute": iso(BEGIN + MINUTE).encode(),
            b"x-ratelimit-token-cost": b"5",
        }
        _, details, why, shown = await _spend(budgets, SMALL, 3, BEGIN + 1_500)
        told = {"tier": "t", "upgrade_url": "u"}
        reset = iso(BEGIN + MINUTE)
        assert details == {"limit": 7, "used": 8, "window": "minute", "resetAt": reset, **told}
        assert why == {"Retry-After": "59"}
        assert _left(shown) == ("35", "2"), "a refused call costs nothing"
        assert _left(await _spend(budgets, SMALL, 2, BEGIN + 2_000)) == ("33", "0")
        # What is more than a window holds passes once, while the window is untouched.
        assert _left(await _spend(budgets, SMALL, 33, BEGIN + MINUTE)) == ("0", "0")
        _, details, why, _ = await _spend(budgets, SMALL, 1, BEGIN + MINUTE)
        reset = iso(next_hour)
        assert details == {"limit": 40, "used": 41, "window": "hour", "resetAt": reset, **told}
        assert why == {"Retry-After": str(49 * 60)}
        assert _left(await _spend(budgets, SMALL, 50, next_hour)) == ("0", "0")


def _left(headers: list[tuple[bytes, bytes]]) -> tuple[str, str]:
    """What is left in this hour and in this minute."""
    told = dict(headers)
    hour, minute = (told[b"x-ratelimit-remaining-" + name] for name in (b"hour", b"minute"))
    return hour.decode(), minute.decode()


@pytest.mark.parametrize("limits", [SMALL, TIERS["starter"], TIERS["self-hosted"]])
async def test_two_nodes_tell_what_one_would(
    nodes: tuple[TogetherBudgets, TogetherBudgets], limits: Tier
) -> None:
    alone, dice, moment = Budgets(), random.Random(7), BEGIN
    refused = 0
    for _ in range(150):
        moment += dice.choice((0, 0, 0, 5_000, 20_000, 70_000))
        cost = dice.choice((0, 1, 1, 2, 3, 5))
        expected = await _spend(alone, limits, cost, moment)
        assert await _spend(dice.choice(nodes), limits, cost, moment) == expected
        refused += isinstance(expected, tuple)
    assert (refused > 10) == (limits.per_minute < 100)


async def test_what_is_given_back_is_given_back_to_both(
    nodes: tuple[TogetherBudgets, TogetherBudgets],
) -> None:
    here, there = nodes
    await _spend(here, SMALL, 5, BEGIN)
    here.give_back("key_a", SMALL, 4, 5, BEGIN)
    await _spend(here, SMALL, 0, BEGIN)  # what was told before is counted before
    headers = dict(await _spend(there, SMALL, 2, BEGIN))
    assert headers[b"x-ratelimit-remaining-minute"] == b"4"


async def test_what_may_not_wait_is_counted_for_both(
    nodes: tuple[TogetherBudgets, TogetherBudgets],
) -> None:
    here, there = nodes
    for _ in range(3):
        here.spend("key_a", SMALL, 2, BEGIN)
    with pytest.raises(RateLimitExceeded):
        here.spend("key_a", SMALL, 2, BEGIN)
    await _spend(here, SMALL, 0, BEGIN)
    headers = dict(await _spend(there, SMALL, 1, BEGIN))
    assert headers[b"x-ratelimit-remaining-minute"] == b"0"
    with pytest.raises(RateLimitExceeded):
        there.spend("key_a", SMALL, 1, BEGIN)


async def test_a_window_is_forgotten_by_itself(
    nodes: tuple[TogetherBudgets, TogetherBudgets], redis_url: str
) -> None:
    await _spend(nodes[0], SMALL, 1, BEGIN)
    with Redis.from_url(redis_url, decode_responses=True) as client:
        left = {str(name): int(str(client.ttl(str(name)))) for name in client.scan_iter()}
    hour, minute = sorted(left.values(), reverse=True)
    assert len(left) == 2
    assert 50 * 60 < hour <= 51 * 60
    assert 60 < minute <= 120
