"""One budget for several nodes: what each spends is counted in Redis, by one script, at once.

What Redis said last is also kept here. While it is away a node goes on with that: no call fails, none
is free. When Redis is back it goes on from the node that counted most.
"""

import asyncio
import logging
from typing import Any, NamedTuple

from redis import asyncio as aioredis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from ..clock import HOUR, MINUTE
from ..tiers import Tier
from .budgets import MOST_REMEMBERED, Budgets, Header, refusal

log = logging.getLogger(__name__)

AWAY = (RedisError, OSError, TimeoutError)
PATIENCE = 1.0  # s that a call waits for Redis, once: then it is away for all
RETRY = 1.0  # s between tries to find it again
MOST_AT_ONCE = 500  # calls in one round trip
MOST_TOLD = 10_000  # that wait; what comes on top is counted by this node alone
LATER = 60  # s for which a window is kept after its end: clocks of nodes differ
NO_LIMITS = Tier(1 << 50, 1 << 50)

# Spends a cost in both windows, or in none. What a window holds is not known to Redis if it lost its
# memory, and too little if the node was alone meanwhile: then what the node knows counts.
SCRIPT = """
local cost, alone = tonumber(ARGV[1]), ARGV[6] == '1'
local function so_far(key, known)
    local spent = tonumber(redis.call('GET', key))
    if spent and not alone then return spent end
    return math.max(spent or 0, known)
end
local hour = so_far(KEYS[1], tonumber(ARGV[4]))
local minute = so_far(KEYS[2], tonumber(ARGV[5]))
local is_over = hour > 0 and hour + cost > tonumber(ARGV[2])
    or minute > 0 and minute + cost > tonumber(ARGV[3])
if not is_over then
    hour, minute = math.max(0, hour + cost), math.max(0, minute + cost)
end
redis.call('SET', KEYS[1], string.format('%.0f', hour), 'EX', ARGV[7])
redis.call('SET', KEYS[2], string.format('%.0f', minute), 'EX', ARGV[8])
return {is_over and 1 or 0, hour, minute}
"""


class Told(NamedTuple):
    """What one call spends, on its way to Redis."""

    who: str
    now: int
    arguments: tuple[Any, ...]
    said: "asyncio.Future[list[int]]"


class TogetherBudgets(Budgets):
    """Spent tokens of every caller of all nodes."""

    is_together = True

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis = aioredis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._script = ""
        self._told: list[Told] = []
        self._telling: asyncio.Task[None] | None = None
        self._finding: asyncio.Task[None] | None = None
        self._alone: set[str] = set()  # who spent something here that Redis does not know of

    async def open(self) -> None:
        """Teach Redis the script; it is taught again whenever it was away."""
        try:
            await self._find()
        except AWAY as error:
            self._lose(error, [])

    async def close(self) -> None:
        """Ask nothing more."""
        for task in (self._telling, self._finding):
            if task is not None:
                task.cancel()
        await self._redis.aclose()

    async def spend_together(
        self, who: str, limits: Tier, cost: int, now: int, *, tier: str = "", upgrade_url: str = ""
    ) -> list[Header]:
        """As `spend`, in one round trip; while Redis is away, out of what this node knows."""
        told = self._tell(who, limits, cost, now, self._windows(who, now))
        try:
            if told is None:
                raise ConnectionError
            is_over, *_ = answer = await told.said
        except AWAY:
            headers = super().spend(who, limits, cost, now, tier=tier, upgrade_url=upgrade_url)
            self._note_alone(who)
            return headers
        spent = [answer[1], now // MINUTE, answer[2]]
        if is_over:
            raise refusal(spent, limits, cost, now, tier, upgrade_url)
        return self._headers(spent, limits, cost)

    def spend(
        self, who: str, limits: Tier, cost: int, now: int, *, tier: str = "", upgrade_url: str = ""
    ) -> list[Header]:
        """Spend at once out of what this node knows, and tell the others.

        For what may not wait, as within a transaction; a node may let one call too many pass.
        """
        known = list(self._windows(who, now))
        headers = super().spend(who, limits, cost, now, tier=tier, upgrade_url=upgrade_url)
        if self._tell(who, NO_LIMITS, cost, now, known) is None:
            self._note_alone(who)
        return headers

    def give_back(self, who: str, limits: Tier, surplus: int, cost: int, now: int) -> list[Header]:
        """Take back what a call cost too much, and tell the others."""
        self._tell(who, NO_LIMITS, -surplus, now, self._windows(who, now))
        return super().give_back(who, limits, surplus, cost, now)

    @property
    def is_heard(self) -> bool:
        """Whether Redis counts, and not this node alone."""
        return self._script != ""

    def _windows(self, who: str, now: int) -> list[int]:
        # Whoever waited for Redis may come from a minute that has ended.
        return super()._windows(who, max(now, self._minute * MINUTE))

    def _tell(self, who: str, limits: Tier, cost: int, now: int, known: list[int]) -> Told | None:
        """Have it told to Redis with all that is told at this moment; None while it is away."""
        if not self.is_heard or len(self._told) >= MOST_TOLD:
            return None
        name, minute = f"pindown:budget:{{{who}}}:", now // MINUTE
        arguments = (
            *(f"{name}h{minute // 60}", f"{name}m{minute}", cost, *limits, known[0], known[2]),
            int(who in self._alone),
            (HOUR - now % HOUR) // 1000 + LATER,
            (MINUTE - now % MINUTE) // 1000 + LATER,
        )
        loop = asyncio.get_running_loop()
        told = Told(who, now, arguments, loop.create_future())
        self._told.append(told)
        if self._telling is None:
            self._telling = loop.create_task(self._keep_telling())
        return told

    async def _keep_telling(self) -> None:
        """Tell what waits, many in one round trip, until nothing does."""
        try:
            while self._told:
                await asyncio.sleep(0)
                together, self._told = self._told[:MOST_AT_ONCE], self._told[MOST_AT_ONCE:]
                try:
                    await self._send(together)
                except AWAY as error:
                    self._lose(error, together)
                except Exception as error:
                    log.exception("the bus answers what cannot be read")
                    self._lose(error, together)
        finally:
            self._telling = None

    async def _send(self, together: list[Told]) -> None:
        async with self._redis.pipeline(transaction=False) as pipe:
            for told in together:
                pipe.evalsha(self._script, 2, *told.arguments)
            answers = await pipe.execute()
        for told, (is_over, hour, minute) in zip(together, answers, strict=True):
            self._alone.discard(told.who)
            if told.now // MINUTE == self._minute:  # else the window is another one already
                self._spent[told.who] = [hour, self._minute, minute]
            if not told.said.done():
                told.said.set_result([is_over, hour, minute])

    def _lose(self, error: BaseException, together: list[Told]) -> None:
        """Redis is away: everybody who waits for it goes on without."""
        if self.is_heard:
            log.warning("the bus is away: each node counts what callers spend by itself")
        self._script = ""
        waiting, self._told = together + self._told, []
        for told in waiting:
            if not told.said.done():
                told.said.set_exception(ConnectionError(str(error)))
                told.said.exception()  # nobody may be waiting for it
        if self._finding is None:
            self._finding = asyncio.get_running_loop().create_task(self._find_again())

    async def _find_again(self) -> None:
        while not self.is_heard:
            await asyncio.sleep(RETRY)
            try:
                await self._find()
            except AWAY:
                continue
        self._finding = None

    async def _find(self) -> None:
        self._script = await self._redis.script_load(SCRIPT)

    def _note_alone(self, who: str) -> None:
        if len(self._alone) >= MOST_REMEMBERED:
            self._alone.clear()
        self._alone.add(who)
