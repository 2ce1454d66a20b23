"""The server inside the test's process, called through its front door: ASGI."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import described
from cast import Person, bring_in
from pindown_server.app import App, create_app
from pindown_server.clock import now
from pindown_server.settings import Settings
from pindown_server.storage import Database, open_database

# s a test waits for something that has to come; less than the sweep of streams takes, which would
# find whatever was not told.
PATIENCE = 10.0


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def data(self) -> Any:
        return self.json["data"]

    @property
    def code(self) -> str:
        return self.json["error"]["code"]


class Inside:
    """A running server and the people who use it."""

    def __init__(self, app: App, cast: dict[str, Person]) -> None:
        self.app = app
        self.cast = cast
        self._changed_at = 0

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        who: str | None = "ada",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One call by one of the cast, or by a visitor."""
        text = (
            b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        )
        return await self.send(self.scope(method, path, who, headers), text)

    async def send(self, scope: dict[str, Any], text: bytes) -> Answer:
        """A call as it arrives, with this body.

        A change begins in a later millisecond than the last one ended: what a test makes one after
        the other is in this order everywhere.
        """
        sent: list[Any] = []
        changes = scope["method"] not in ("GET", "HEAD", "OPTIONS")
        while changes and now() == self._changed_at:
            pass

        async def receive() -> Any:
            return {"type": "http.request", "body": text, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        if changes:
            self._changed_at = now()
        start = sent[0]
        names = {name.decode(): value.decode() for name, value in start["headers"]}
        answer = Answer(start["status"], names, b"".join(m.get("body", b"") for m in sent[1:]))
        if scope["path"].startswith("/v1/") and scope["method"] not in ("HEAD", "OPTIONS"):
            described.check(scope["method"], scope["path"], *answer)
        return answer

    def scope(
        self, method: str, path: str, who: str | None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """The ASGI scope of a call."""
        path, _, query = path.partition("?")
        given = {"host": "127.0.0.1:8000", "content-type": "application/json", **(headers or {})}
        if who is not None:
            given["authorization"] = "Bearer " + self.cast[who].key
        return {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 5000),
        }

    @asynccontextmanager
    async def watching(
        self, who: str | None = "ada", **asked: list[str]
    ) -> AsyncIterator["Watcher"]:
        """An open stream, its snapshot read."""
        watcher = Watcher()
        watcher.open(self, who, asked)
        try:
            await watcher.until(lambda: watcher.events or watcher.is_closed)
            yield watcher
        finally:
            await watcher.close()


class Watcher:
    """A client of the live stream that keeps what it shows, and can be slow."""

    def __init__(self) -> None:
        self.status = 0
        self.events: list[tuple[str, Any]] = []
        self.pins: dict[str, Any] = {}
        self.pinboards: dict[str, Any] = {}
        self.pages: dict[str, Any] = {}
        self.denied: set[str] = set()
        self.went_back: list[str] = []
        self.is_closed = False
        self._text = b""
        self._gone = asyncio.Event()
        self._news = asyncio.Event()
        self._flows = asyncio.Event()
        self._flows.set()
        self._task: asyncio.Task[None] | None = None

    def open(self, inside: Inside, who: str | None, asked: dict[str, list[str]]) -> None:
        """Begin to read."""
        query = urlencode({kind: ",".join(wanted) for kind, wanted in asked.items()})
        scope = inside.scope("GET", "/v1/live?" + query, who)
        self._task = asyncio.get_running_loop().create_task(
            inside.app(scope, self._receive, self._send)
        )
        self._task.add_done_callback(lambda _: self._close())

    def slow_down(self) -> None:
        """Take no more, as a reader whose connection is full."""
        self._flows.clear()

    def speed_up(self) -> None:
        """Take everything again."""
        self._flows.set()

    async def close(self) -> None:
        """Go away."""
        self._gone.set()
        self._flows.set()
        assert self._task is not None
        await self._task

    async def until(self, there: Callable[[], Any]) -> None:
        """Wait for the thing itself."""
        async with asyncio.timeout(PATIENCE):
            while not there():
                self._news.clear()
                await self._news.wait()

    def named(self, kind: str) -> list[Any]:
        """The data of the events of a kind, in order."""
        return [data for name, data in self.events if name == kind]

    async def _receive(self) -> Any:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        # As uvicorn does: suspends before it writes, and only while the connection is full.
        if not self._flows.is_set():
            await self._flows.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self._text += message.get("body", b"")
        while b"\n\n" in self._text:
            block, self._text = self._text.split(b"\n\n", 1)
            self._take(block.decode())
        self._news.set()

    def _take(self, block: str) -> None:
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if "event" in lines:
            data = json.loads(lines["data"])
            self.events.append((lines["event"], data))
            self._apply(lines["event"], data)

    def _apply(self, kind: str, data: Any) -> None:
        if kind == "snapshot":
            self.pins = {pin["id"]: pin for pin in data["pins"]}
            self.pinboards = {board["id"]: board for board in data["pinboards"]}
            self.pages = {page["id"]: page for page in data["pages"]}
            self.denied = set(data["denied"])
        elif kind in ("pin", "frame"):
            for pin in data["pins"] if kind == "frame" else [data]:
                self._show(pin)
        elif kind in ("deleted", "denied") and "id" in data:
            self.pins.pop(data["id"], None)
            self.denied.add(data["id"])
        elif kind in ("alive", "late", "on_time") and data["id"] in self.pins:
            pin = self.pins[data["id"]]
            if data["pushed_at"] >= pin["pushed_at"]:
                late = kind == "late"
                self.pins[data["id"]] = pin | {"pushed_at": data["pushed_at"], "is_late": late}

    def _show(self, pin: Any) -> None:
        shown = self.pins.get(pin["id"])
        if shown is not None and pin["version"] < shown["version"]:
            self.went_back.append(pin["id"])
        self.pins[pin["id"]] = pin
        self.denied.discard(pin["id"])

    def _close(self) -> None:
        self.is_closed = True
        self._news.set()


@asynccontextmanager
async def running(
    data: Path,
    database_url: str = "",
    domain: str = "harbour.example",
    seen_through: Callable[[Database], Database] = lambda database: database,
    **chosen: object,
) -> AsyncIterator[Inside]:
    """A server with its cast; a test may look at its store through something."""
    settings = Settings(data=data, database=database_url, **chosen)  # type: ignore[arg-type]  as tests name them
    database = seen_through(await open_database(settings))
    cast = await bring_in(database, domain)
    app = create_app(settings, database)
    await app.start()
    try:
        yield Inside(app, cast)
    finally:
        await app.stop()


def stat(value: object, title: str = "Sales") -> dict[str, Any]:
    """A stat card's body."""
    return {
        "pin_type": "stat-cards",
        "content": {"cards": [{"title": title, "value": value}]},
        "metadata": {"title": title},
    }
