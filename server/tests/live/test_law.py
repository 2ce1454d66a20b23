"""The law of snapshots: old snapshot + announced changes = new snapshot, whatever the interleaving.

Every viewer, fast or slow, ends on what a fresh snapshot shows its caller; none goes back to an
older version; none is shown a pin that is not its to see.
"""

import asyncio
import random
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inside import Inside, Watcher, running, stat

PINS = 4
WHO = ["ada", "ben", "dan", None]  # None: a visitor

STEPS = st.one_of(
    st.tuples(st.just("push"), st.integers(0, PINS - 1)),
    st.tuples(st.just("block"), st.integers(0, PINS - 1)),
    st.tuples(st.just("again"), st.integers(0, PINS - 1)),
    st.tuples(st.just("open"), st.sampled_from(WHO)),
    st.tuples(st.just("close"), st.integers(0, 5)),
    st.tuples(st.just("slow"), st.integers(0, 5)),
    st.tuples(st.just("fast"), st.integers(0, 5)),
    st.tuples(st.just("public"), st.integers(0, PINS - 1)),
    st.tuples(st.just("private"), st.integers(0, PINS - 1)),
    st.tuples(st.just("delete"), st.just(PINS - 1)),
    st.tuples(st.just("restore"), st.just(PINS - 1)),
    st.tuples(st.just("breathe"), st.integers(1, 30)),
)

PLAIN = {"delete": ("DELETE", "/v1/pins/{}"), "restore": ("POST", "/v1/bin/{}/restore")}


class Play:
    """One run of random steps, all of them under way at once."""

    def __init__(self, inside: Inside, seed: int) -> None:
        self.inside = inside
        self.random = random.Random(seed)
        self.pins: list[str] = []
        self.watchers: list[tuple[str | None, Watcher]] = []
        self.under_way: list[asyncio.Task[Any]] = []
        self.pushes = 0
        self.was_public: set[str] = set()

    async def begin(self) -> None:
        for _ in range(PINS):
            answer = await self.inside.call("POST", "/v1/pins", stat(0))
            self.pins.append(answer.data["id"])

    async def step(self, what: str, which: Any) -> None:
        if what == "open":
            watcher = Watcher()
            watcher.open(self.inside, which, {"pins": self.pins})
            self.watchers.append((which, watcher))
        elif what == "breathe":
            for _ in range(which):
                await asyncio.sleep(0)
        elif what not in ("close", "slow", "fast"):
            self._change(what, self.pins[which])
        elif self.watchers:
            await self._to_watcher(what, which % len(self.watchers))

    def _change(self, what: str, pin: str) -> None:
        if what == "push":
            self.pushes += 1
            body = {"content": {"cards": [{"title": "Sales", "value": self.pushes}]}}
            self._start("PUT", f"/v1/pins/{pin}", body)
        elif what == "again":
            self._start("PUT", f"/v1/pins/{pin}", {})
        elif what == "block":
            block = {"type": "markdown", "template": f"Note {self.random.random()}"}
            self._start("POST", f"/v1/pins/{pin}/blocks", block)
        elif what in PLAIN:
            method, path = PLAIN[what]
            self._start(method, path.format(pin))
        else:
            if what == "public":
                self.was_public.add(pin)
            self._start("POST", f"/v1/pins/{pin}/share", {"is_public": what == "public"})

    async def _to_watcher(self, what: str, which: int) -> None:
        _, watcher = self.watchers[which]
        if what == "slow":
            watcher.slow_down()
        elif what == "fast":
            watcher.speed_up()
        else:
            del self.watchers[which]
            await watcher.close()

    def _start(self, method: str, path: str, body: Any = None) -> None:
        call = self.inside.call(method, path, body)
        self.under_way.append(asyncio.get_running_loop().create_task(call))

    async def end(self) -> None:
        """Let everything come to rest, then hold every viewer against a fresh snapshot."""
        await asyncio.gather(*self.under_way)
        for who, watcher in self.watchers:
            watcher.speed_up()
            async with self.inside.watching(who, pins=self.pins) as fresh:
                await watcher.until(lambda w=watcher, f=fresh: shown(w) == shown(f))
            assert watcher.went_back == []
            if who != "ada":
                seen = {pin["id"] for pin in all_views(watcher)}
                assert seen <= self.was_public, "a pin was shown that never was theirs to see"
            await watcher.close()


def shown(watcher: Watcher) -> dict[str, Any]:
    """What a viewer shows of each pin."""
    names = ("version", "pin_config", "blocks", "title", "pushed_at", "is_late")
    return {pin_id: tuple(pin[name] for name in names) for pin_id, pin in watcher.pins.items()}


def all_views(watcher: Watcher) -> list[Any]:
    """Every view a viewer was ever sent."""
    views = []
    for kind, data in watcher.events:
        if kind in ("snapshot", "frame"):
            views += data["pins"]
        elif kind == "pin":
            views.append(data)
    return views


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=5, max_size=60), seed=st.integers(0, 1000))
def test_every_viewer_ends_on_what_is_true(steps: list[tuple[str, Any]], seed: int) -> None:
    asyncio.run(_play(steps, seed, ""))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=5, max_size=60), seed=st.integers(0, 1000))
def test_every_viewer_ends_on_what_is_true_with_postgres(
    postgres_url: str, steps: list[tuple[str, Any]], seed: int
) -> None:
    asyncio.run(_play(steps, seed, postgres_url))


async def _play(steps: list[tuple[str, Any]], seed: int, database_url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), database_url, Path(folder).name + ".example") as inside:
            play = Play(inside, seed)
            await play.begin()
            for what, which in steps:
                await play.step(what, which)
            await play.end()
