"""Scale: what lists, permissions and the past cost among what very many people have.

100,000 pins, 1,000,000 revisions and 10,000 users. The crowd is loaded through SQL; then twenty of its people, each with a key of their own, ask one
thing after another over one connection. With the times stand the query plans, which the test
`server/tests/contracts/test_plans.py` holds.
"""

import asyncio
import itertools
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import servers
from load import CannotMeasure
from pindown_server.clock import HOUR, now
from pindown_server.door.caller import Caller
from pindown_server.pinboards import store as pinboards
from pindown_server.pins import past
from pindown_server.pins import store as pins
from pindown_server.search import store as search
from pindown_server.settings import Settings
from pindown_server.storage import open_database
from servers import Running, Store
from setting import Setting

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server/tests"))

from crowd import Crowd, bring_crowd
from noting import Noting

CROWD = Crowd(users=10_000, pins=100_000, revisions=10, boards=10_000, on_board=8, shared=5)
ASKING = 20  # of the users have a key
CALLS = 400  # of each kind
WARMUP = 40

Paths = Callable[[int, random.Random], tuple[str, str, Any]]


def _get(path: str) -> tuple[str, str, Any]:
    return "GET", f"/v1/{path}", None


# What the user with a number asks for; `own` is the number of one of its pins.
QUESTIONS: dict[str, Paths] = {
    "own pins": lambda *_: _get("pins"),
    "own pins, by tag and words": lambda *_: _get("pins?tag=shop&q=sales"),
    "own pins that are late": lambda *_: _get("pins?late=true"),
    "shared pins": lambda *_: _get("pins/shared"),
    "own pinboards": lambda *_: _get("pinboards"),
    "shared pinboards": lambda *_: _get("pinboards/shared"),
    "a pin that is open on a pinboard": lambda user, dice: _get(f"pins/{_on_board(user, dice)}"),
    "a pinboard with its pins": lambda user, dice: _get(f"pinboards/{_shared_board(user, dice)}"),
    "a hundred pins of anybody": lambda _, dice: (
        "POST", "/v1/pins/batch/get", {"pin_ids": [_anybodys(dice) for _ in range(100)]}
    ),
    "a pin as it was": lambda user, dice: _get(
        f"pins/{_own(user, dice)}?as_of={now() - dice.randrange(1, 9) * 60_000}"
    ),
    "a pinboard as it was": lambda user, _: _get(f"pinboards/{CROWD.board(user)}?as_of={now()}"),
    "a series": lambda user, dice: _get(f"pins/{_own(user, dice)}/series?path=cards/0/value"),
    "search": lambda *_: _get("search?q=sales"),
    "the bin": lambda *_: _get("bin"),
}  # fmt: skip


def measure(setting: Setting, count: int) -> list[dict[str, Any]]:
    """Rounds of questions on SQLite."""
    store = setting.new_store()
    keys, plans = _prepare(store)
    return [_round(setting, store, keys, plans) for _ in range(count)]


def measure_postgres(setting: Setting, count: int) -> list[dict[str, Any]]:
    """The same on PostgreSQL."""
    with servers.postgres(setting.new_folder()) as (address, pid):
        store = Store(setting.command, setting.new_folder(), address)
        store.prepare()
        keys, plans = _prepare(store)
        return [_round(setting, store, keys, plans, pid) for _ in range(count)]


def _prepare(store: Store) -> tuple[dict[int, str], dict[str, list[str]]]:
    """Load the crowd; the keys of those who ask, and how the database finds what they want."""
    plans = asyncio.run(_load(store))
    step = CROWD.users // ASKING
    keys = {
        number: store.key_of(f"user{number}@crowd.example")
        for number in range(0, CROWD.users, step)
    }
    return keys, plans


async def _load(store: Store) -> dict[str, list[str]]:
    database = await open_database(Settings(data=store.folder, database=store.database))
    try:
        began = time.monotonic()
        await bring_crowd(database, CROWD)
        print(f"  loaded in {time.monotonic() - began:.0f} s", file=sys.stderr)
        return await _plans(Noting(database))
    finally:
        await database.close()


async def _plans(noting: Noting) -> dict[str, list[str]]:
    """What each question looks at, as the database tells."""
    caller = Caller("key", budget="", user_id=CROWD.user(500))
    pin_ids = [CROWD.pin(500), CROWD.pin(501)]
    asked: dict[str, Callable[[Any], Any]] = {
        "own pins": lambda r: pins.list_pins(r, caller, {}, 50, 0),
        "shared pins": lambda r: pins.list_shared(r, caller, {}, 50, 0),
        "what the caller is to pins": lambda r: pins.seen_pins(r, pin_ids, caller),
        "pins of a pinboard": lambda r: pins.seen_pins_on(r, [CROWD.board(500)], caller),
        "shared pinboards": lambda r: pinboards.list_shared(r, caller, 50, 0),
        "search": lambda r: search.find_ids(r, "pin", caller, ["sales"], 20),
    }
    found = {}
    for name, ask in asked.items():
        found[name] = await _plan_of(noting, ask)
    async with noting.reader() as reader:
        own = await pins.seen_pins(reader, [CROWD.pin(500)], caller)
    found["as of"] = await _plan_of(noting, lambda r: past.list_as_of(r, own, now() - HOUR))
    stretch = past.Stretch(now() - HOUR, now(), 60_000)
    found["series"] = await _plan_of(noting, lambda r: past.list_last_values(r, own[0], stretch))
    return found


async def _plan_of(noting: Noting, ask: Callable[[Any], Any]) -> list[str]:
    noting.noted.clear()
    async with noting.reader() as reader:
        await ask(reader)
    lines = [
        line
        for sql, values in list(noting.noted.items())
        for line in await noting.plan(sql, values)
    ]
    return list(dict.fromkeys(" ".join(line.split()) for line in lines if _looks(line)))


def _looks(line: str) -> bool:
    return line.startswith(("SCAN", "SEARCH"))


def _round(
    setting: Setting,
    store: Store,
    keys: dict[int, str],
    plans: dict[str, list[str]],
    database_pid: int | None = None,
) -> dict[str, Any]:
    with servers.pindown(store) as server:
        also_ours = [database_pid] if database_pid else []
        asked = {
            name: setting.guard.measure(partial(_ask, server, keys, paths), also_ours)
            for name, paths in QUESTIONS.items()
        }
    return {"asked": asked, "plans": plans}


def _ask(server: Running, keys: dict[int, str], paths: Paths) -> dict[str, Any]:
    """The same question of one after another, each about something else."""
    dice = random.Random(7)
    times = []
    with httpx2.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as client:
        for number, (user, key) in enumerate(_in_turn(keys)):
            method, path, body = paths(user, dice)
            headers = {"Authorization": f"Bearer {key}"}
            began = time.perf_counter()
            answer = client.request(method, path, json=body, headers=headers)
            took = time.perf_counter() - began
            if not answer.is_success:
                raise CannotMeasure(f"{method} {path} answered {answer.status_code}: {answer.text}")
            if number >= WARMUP:
                times.append(took * 1000)
    times.sort()
    return {"p50_ms": times[len(times) // 2], "p99_ms": times[len(times) * 99 // 100]}


def _in_turn(keys: dict[int, str]) -> Iterator[tuple[int, str]]:
    return itertools.islice(itertools.cycle(keys.items()), WARMUP + CALLS)


def _own(user: int, dice: random.Random) -> str:
    """A pin of the user's that is not in the bin."""
    numbers = range(user, CROWD.pins, CROWD.users)
    return CROWD.pin(dice.choice([number for number in numbers if CROWD.is_there(number)]))


def _shared_board(user: int, dice: random.Random) -> str:
    """A pinboard that the user was given a role on."""
    return CROWD.board((user + 1 + dice.randrange(CROWD.shared)) % CROWD.boards)


def _on_board(user: int, dice: random.Random) -> str:
    """A pin on such a pinboard, that the pinboard's owner placed and owns."""
    owner = (user + 1 + dice.randrange(CROWD.shared)) % CROWD.users
    numbers = [owner + place * CROWD.users for place in range(CROWD.on_board)]
    return CROWD.pin(dice.choice([number for number in numbers if CROWD.is_there(number)]))


def _anybodys(dice: random.Random) -> str:
    return CROWD.pin(dice.randrange(CROWD.pins))
