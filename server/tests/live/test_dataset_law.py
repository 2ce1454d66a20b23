"""No viewer ever shows two cards of one dataset at two revisions, whatever the interleaving.

Checked after every single event that any viewer, fast or slow, is sent. In the end each shows what
a fresh snapshot shows, and none ever went back to an older version.
"""

import asyncio
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inside import Inside, Watcher, running
from scene import ask, make_board, make_pin, place

PINS = 5
NAMES = ("d0", "d1")
USES = ((), ("d0",), ("d1",), ("d0", "d1"), ("d1", "d0"))
WHO = ["ada", "ben", None]  # None: a visitor

STEPS = st.one_of(
    st.tuples(st.just("data"), st.integers(0, 1)),
    st.tuples(st.just("data"), st.integers(0, 1)),
    st.tuples(st.just("push"), st.tuples(st.integers(0, PINS - 1), st.integers(0, 4))),
    st.tuples(st.just("again"), st.integers(0, PINS - 1)),
    st.tuples(st.just("batch"), st.integers(0, 4)),
    st.tuples(st.just("rename"), st.integers(0, 1)),
    st.tuples(st.just("tick"), st.just(0)),
    st.tuples(st.just("open"), st.tuples(st.sampled_from(WHO), st.integers(0, 3))),
    st.tuples(st.just("close"), st.integers(0, 5)),
    st.tuples(st.just("slow"), st.integers(0, 5)),
    st.tuples(st.just("fast"), st.integers(0, 5)),
    st.tuples(st.just("public"), st.integers(0, PINS - 1)),
    st.tuples(st.just("private"), st.integers(0, PINS - 1)),
    st.tuples(st.just("place"), st.integers(0, PINS - 1)),
    st.tuples(st.just("take"), st.integers(0, PINS - 1)),
    st.tuples(st.just("breathe"), st.integers(1, 30)),
    st.tuples(st.just("wait"), st.just(0)),
)


class LawfulWatcher(Watcher):
    """A client that looks at all it shows after each event."""

    def __init__(self) -> None:
        super().__init__()
        self.unlawful: list[Any] = []

    def _apply(self, kind: str, data: Any) -> None:
        super()._apply(kind, data)
        shown = defaultdict(set)
        for pin in self.pins.values():
            for card in pin["pin_config"]["cards"]:
                if card["title"] in NAMES:
                    shown[card["title"]].add(card["value"])
        for name, values in shown.items():
            if len(values) > 1:
                self.unlawful.append((kind, name, values, self.events[-4:]))


class Play:
    """One run of random steps, all of them under way at once."""

    def __init__(self, inside: Inside) -> None:
        self.inside = inside
        self.pins: list[str] = []
        self.board = ""
        self.datasets: list[str] = []
        self.slugs = list(NAMES)
        self.watchers: list[tuple[str | None, dict[str, list[str]], LawfulWatcher]] = []
        self.under_way: list[asyncio.Task[Any]] = []
        self.count = 0

    async def begin(self) -> None:
        for name in NAMES:
            made = await ask(self.inside, "POST", "/v1/datasets", {"name": name, "data": {"n": 0}})
            self.datasets.append(made["id"])
        for number in range(PINS):
            pin = await make_pin(self.inside)
            await ask(self.inside, "PUT", f"/v1/pins/{pin}", self._body(number % len(USES)))
            self.pins.append(pin)
        self.board = await make_board(self.inside, is_public=True)
        for pin in self.pins[:2]:
            await place(self.inside, self.board, pin)

    async def step(self, what: str, which: Any) -> None:
        if what == "open":
            who, shape = which
            asked = {"pins": self.pins[shape:], "pinboards": [self.board] if shape else []}
            watcher = LawfulWatcher()
            watcher.open(self.inside, who, asked)
            self.watchers.append((who, asked, watcher))
        elif what == "breathe":
            for _ in range(which):
                await asyncio.sleep(0)
        elif what == "wait":
            await asyncio.gather(*self.under_way)
            self.under_way.clear()
        elif what == "tick":
            self.inside.app._redrawing.draw_again(self.pins)
        elif what in ("close", "slow", "fast"):
            if self.watchers:
                await self._to_watcher(what, which % len(self.watchers))
        else:
            self._change(what, which)

    def _change(self, what: str, which: Any) -> None:
        if what == "data":
            self.count += 1
            self._start("PUT", f"/v1/datasets/{self.datasets[which]}", {"data": {"n": self.count}})
        elif what == "push":
            self._start("PUT", f"/v1/pins/{self.pins[which[0]]}", self._body(which[1]))
        elif what == "again":
            self._start("PUT", f"/v1/pins/{self.pins[which]}", {})
        elif what == "batch":
            updates = [{"id": pin, **self._body(which)} for pin in self.pins[1:4]]
            self._start("PATCH", "/v1/pins/batch", {"updates": updates})
        elif what == "rename":
            # Away and back: names come to nothing, and mean something again.
            is_here = self.slugs[which] == NAMES[which]
            self.slugs[which] = f"away{which}" if is_here else NAMES[which]
            body = {"slug": self.slugs[which]}
            self._start("PUT", f"/v1/datasets/{self.datasets[which]}", body)
        elif what == "place":
            body = {"pin_id": self.pins[which]}
            self._start("POST", f"/v1/pinboards/{self.board}/pins", body)
        elif what == "take":
            self._start("DELETE", f"/v1/pinboards/{self.board}/pins/{self.pins[which]}")
        else:
            body = {"is_public": what == "public"}
            self._start("POST", f"/v1/pins/{self.pins[which]}/share", body)

    def _body(self, which: int) -> dict[str, Any]:
        self.count += 1
        cards = [{"title": name, "value": f"{{{{{name}.n}}}}"} for name in USES[which]]
        return {"content": {"cards": [*cards, {"title": "count", "value": self.count}]}}

    async def _to_watcher(self, what: str, which: int) -> None:
        _, _, watcher = self.watchers[which]
        if what == "slow":
            watcher.slow_down()
        elif what == "fast":
            watcher.speed_up()
        else:
            del self.watchers[which]
            await watcher.close()
            assert watcher.unlawful == []

    def _start(self, method: str, path: str, body: Any = None) -> None:
        call = self.inside.call(method, path, body)
        self.under_way.append(asyncio.get_running_loop().create_task(call))

    async def end(self) -> None:
        """Let everything come to rest, then hold every viewer against a fresh snapshot."""
        answers = await asyncio.gather(*self.under_way)
        failed = [answer.body for answer in answers if answer.status >= 500]
        assert failed == []
        for who, asked, watcher in self.watchers:
            watcher.speed_up()
            async with self.inside.watching(who, **asked) as fresh:
                await watcher.until(lambda w=watcher, f=fresh: shown(w) == shown(f))
            await watcher.close()
            assert watcher.went_back == []
            assert watcher.unlawful == []


def shown(watcher: Watcher) -> dict[str, Any]:
    """What a viewer shows of each pin."""
    names = ("version", "pin_config", "title", "pushed_at")
    return {pin_id: tuple(pin[name] for name in names) for pin_id, pin in watcher.pins.items()}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=30, max_size=90))
def test_nobody_sees_a_dataset_at_two_revisions(steps: list[tuple[str, Any]]) -> None:
    asyncio.run(_play(steps, ""))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=30, max_size=90))
def test_nobody_sees_a_dataset_at_two_revisions_with_postgres(
    postgres_url: str, steps: list[tuple[str, Any]]
) -> None:
    asyncio.run(_play(steps, postgres_url))


async def _play(steps: list[tuple[str, Any]], database_url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), database_url, Path(folder).name + ".example") as inside:
            play = Play(inside)
            await play.begin()
            for what, which in steps:
                await play.step(what, which)
            await play.end()
