"""What every benchmark is given: where to work, what to measure, how often."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from load import MARK, request
from machine import Guard
from servers import Running, Store


@dataclass
class Setting:
    """The surroundings of one run of the benchmarks."""

    command: Path  # the `pindown` to measure
    folder: Path  # on a real disk: a push is not done before it is on it
    load: Path
    store: Store  # with an account and a key; samples begin with a copy
    guard: Guard = field(default_factory=Guard)
    event: bytes = b""  # what a viewer is sent for one push, for the one we compare with

    def new_folder(self) -> Path:
        """A path that does not exist yet."""
        return Path(tempfile.mkdtemp(prefix="sample-", dir=self.folder)) / "data"

    def new_store(self) -> Store:
        """A store of its own for one sample."""
        return self.store.copied_to(self.new_folder())


def card(value: str) -> dict[str, Any]:
    """The pushed content of the quickstart, with another value."""
    shown = {"title": "Total Sales", "value": value, "change": "+45.2%", "trend": "up"}
    return {"content": {"cards": [shown]}}


def new_pin(server: Running) -> str:
    """A pin like the quickstart's."""
    metadata = {"title": "Sales Dashboard", "tags": ["sales", "analytics"], "is_public": False}
    kind = {"data_type": "pin-card", "pin_type": "stat-cards", "pin_layout": "1x1"}
    body = {**kind, **card("$12,450"), "metadata": metadata}
    pin_id: str = server.call("POST", "/v1/pins", body)["pin_id"]
    return pin_id


def push_to(server: Running, pin_id: str, value: str = MARK) -> bytes:
    """The request that updates a pin; the load writes its number into the value."""
    body = msgspec.json.encode(card(value))
    return request("PUT", f"/v1/pins/{pin_id}", server.headers, body)


def watch(server: Running, query: str) -> bytes:
    """The request that opens a stream."""
    return request("GET", f"/v1/live?{query}", {**server.headers, "Accept": "text/event-stream"})
