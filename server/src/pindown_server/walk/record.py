"""What the walk was answered, in a form that is the same every time: the examples of the API."""

import asyncio
import hashlib
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from ..app import App, create_app
from ..clock import DAY, iso, now, parse
from ..settings import Settings
from ..storage import open_database
from .run import Walked, walk
from .steps import WALK

ADDRESS = "https://pindown.example"
BEGIN = 1_795_420_800_000  # when it all happens in the examples: 2026-11-23T08:00:00Z
LONGEST = 6_000  # characters of an answer that a reader still looks through
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_RANDOM = re.compile(
    r"\b(?P<id>(?:p|b|pb|pg|d|c|f|role)-|(?:usr|key|ses|inv|push|aud)_)[a-z0-9]{12}\b"
    r"|\bpk_live_[A-Za-z0-9]{32}\b"
    r"|\b[A-Za-z0-9]{32}\b"
)
_MOMENT = re.compile(r"\b1\d{12}\b")
_TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


@cache
def examples() -> bytes:
    """Of every route one call and its answer, as JSON, out of a walk on a fresh server."""
    return msgspec.json.format(msgspec.json.encode(asyncio.run(_record())), indent=1) + b"\n"


async def _record() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), public_url=ADDRESS)
        app = create_app(settings, await open_database(settings))
        await app.start()
        try:
            return await record(app)
        finally:
            await app.stop()


async def record(app: App) -> dict[str, Any]:
    """Walk, and keep of every route the first call that is shown."""
    same, found = Same(now()), {}
    async for made in walk(app, WALK):
        shown = same.of(_example(made))
        if made.step.shown and made.route.name not in found:
            found[made.route.name] = shown
    return dict(sorted(found.items()))


class Same:
    """What is different every time, told by things that are not: in the order they come up."""

    def __init__(self, begin: int) -> None:
        self._begin = begin
        self._known: dict[str, str] = {}

    def of(self, value: Any) -> Any:
        """The value with other ids, secrets and times."""
        if isinstance(value, dict):
            if "remaining" in value:  # a minute may have begun meanwhile
                value = {**value, "remaining": value["limit"] - 1}
            if "hint" in value:
                value = {**value, "hint": "pk_live_k3nq…w8xd" if "…" in value["hint"] else "w8xd"}
            return {self.of(name): self.of(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if isinstance(value, str):
            value = _TIME.sub(lambda found: iso(self._moved(parse(found[0]) or 0)), value)
            value = _MOMENT.sub(lambda found: str(self._moved(int(found[0]))), value)
            return _RANDOM.sub(self._renamed, value)
        is_time = isinstance(value, int) and 10**12 < value < 10**13
        return self._moved(value) if is_time else value

    def _moved(self, moment: int) -> int:
        return BEGIN + round((moment - self._begin) / DAY) * DAY

    def _renamed(self, found: re.Match[str]) -> str:
        text = found[0]
        if text not in self._known:
            fixed = found["id"] or ("pk_live_" if text.startswith("pk_live_") else "")
            digest = hashlib.sha256(f"{fixed}{len(self._known)}".encode()).digest()
            letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
            self._known[text] = fixed + letters[: len(text) - len(fixed)]
        return self._known[text]


def _example(made: Walked) -> dict[str, Any]:
    shown: dict[str, Any] = {"path": made.path, "status": made.status}
    if made.params:
        shown["params"] = made.params
    if made.body is not None:
        shown["body"] = made.body
    if made.step.raw is not None and made.step.raw[0].startswith("text/"):
        shown["text"] = made.step.raw[1].decode()
    if made.route.is_streaming:
        shown["answer"] = made.answer.decode()
    elif made.route.answer is not bytes:
        shown["answer"] = _shortened(msgspec.json.decode(made.answer))
    return shown


def _shortened(answer: Any) -> Any:
    """The answer with the first of long lists only."""
    data = answer.get("data")
    if not isinstance(data, dict):
        return answer
    if "views" in data:  # which come in no order
        data = {**data, "views": sorted(data["views"], key=lambda view: view["title"])}
    for most in (2, 1):
        data = {n: v[:most] if isinstance(v, list) else v for n, v in data.items()}
        if len(msgspec.json.encode(data)) <= LONGEST:
            break
    return {**answer, "data": data}
