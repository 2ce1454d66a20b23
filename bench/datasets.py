"""Datasets: what a change costs by the number of pins that draw from it, others being there as well.

One dataset after the other with 10, 100 and 1,000 dependants, in a store with 10,000 pins that draw
from nothing. `PUT /v1/datasets/:id` alone: until its answer. Then with a viewer of 30 of them, or of
all where there are fewer: from the first byte of the change to the last of the one frame, and how
long the answer takes meanwhile.
"""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import Any

import machine
import servers
from load import CannotMeasure
from servers import Running
from setting import Setting, card, watch

OTHERS = 10_000
DEPENDANTS = (10, 100, 1_000)
SEEN = 30
CHANGES = 60
PER_BATCH = 50
TEXT = {"cards": [{"title": "Total Sales", "value": "{{sales.total}}", "trend": "up"}]}


def measure(setting: Setting, count: int) -> list[dict[str, Any]]:
    """Rounds of changes, by the number of dependants."""
    return [setting.guard.measure(partial(_sample, setting)) for _ in range(count)]


def _sample(setting: Setting) -> dict[str, Any]:
    with servers.pindown(setting.new_store()) as server:
        _make_pins(server, OTHERS, card("$12,450")["content"])
        return {str(number): _changes(server, number) for number in DEPENDANTS}


def _changes(server: Running, number: int) -> dict[str, Any]:
    """Changes of a dataset with so many dependants, unseen and seen."""
    body = {"name": f"Sales {number}", "data": {"total": 0}}
    dataset = server.call("POST", "/v1/datasets", body)
    text = json.loads(json.dumps(TEXT).replace("sales", dataset["slug"]))
    pins = _make_pins(server, number, text)
    before = machine.cpu_seconds(server.pid)
    alone = [_change(server, dataset["id"], total) for total in range(1, CHANGES)]
    spent = machine.cpu_seconds(server.pid) - before
    seen = pins[:SEEN]
    with _viewer(server, seen) as events:
        shown, answered = [], []
        for total in range(CHANGES, 2 * CHANGES):
            began = time.perf_counter()
            answered.append(_change(server, dataset["id"], total))
            kind, data = next(events)
            shown.append((time.perf_counter() - began) * 1000)
            values = {pin["pin_config"]["cards"][0]["value"] for pin in data["pins"]}
            if (kind, values, len(data["pins"])) != ("frame", {total}, len(seen)):
                raise CannotMeasure(f"a change came as {kind} of {len(data['pins'])}: {values}")
    return {
        "answer_p50_ms": median(alone),
        "cpu_ms": spent / len(alone) * 1000,
        "seen_answer_p50_ms": median(answered),
        "shown_p50_ms": median(shown),
        "shown_max_ms": max(shown),
    }


def _make_pins(server: Running, number: int, content: Any) -> list[str]:
    made: list[str] = []
    while len(made) < number:
        pins = [
            {"pin_type": "stat-cards", "content": content, "metadata": {"title": "Sales"}}
            for _ in range(min(PER_BATCH, number - len(made)))
        ]
        created = server.call("POST", "/v1/pins/batch", {"pins": pins})["created"]
        made += [pin["id"] for pin in created]
    return made


def _change(server: Running, dataset_id: str, total: int) -> float:
    """Milliseconds until a change was answered."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.connect()
    body = json.dumps({"data": {"total": total}})
    headers = {**server.headers, "Content-Type": "application/json"}
    began = time.perf_counter()
    connection.request("PUT", f"/v1/datasets/{dataset_id}", body, headers)
    answer = connection.getresponse()
    answer.read()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    if answer.status != 200:
        raise CannotMeasure(f"a change was answered {answer.status}")
    return took


@contextmanager
def _viewer(server: Running, pins: list[str]) -> Iterator[Iterator[tuple[str, Any]]]:
    """The events of a stream after its snapshot."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(watch(server, "pins=" + ",".join(pins)))
        with connection.makefile("rb") as stream:
            events = _events(stream)
            next(events)
            yield events


def _events(stream: Any) -> Iterator[tuple[str, Any]]:
    kind = ""
    for line in stream:
        if line.startswith(b"event: "):
            kind = line[7:].strip().decode()
        elif line.startswith(b"data: ") and kind:
            yield kind, json.loads(line[6:])
