"""Push: durable updates of a pin with everything on, against a bare ASGI app.

Both run on the same server software, take the same bytes from the same load over 64 connections,
and must answer each with 200. Afterwards the store must hold one revision for every answer.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import load
import machine
import servers
from load import NUMBER, CannotMeasure
from servers import Running, Store
from setting import Setting, new_pin, push_to

CONNECTIONS = 64
SECONDS = 3
WARMUP = 1
VALUE = f"${NUMBER}"


def measure(setting: Setting, count: int) -> list[dict[str, Any]]:
    """Rounds of: bare, pushes to one pin, pushes to a pin for each connection."""
    return [_round(setting, setting.new_store) for _ in range(count)]


def measure_postgres(setting: Setting, count: int) -> list[dict[str, Any]]:
    """The same on PostgreSQL, whose processes take the core that is free."""
    with servers.postgres(setting.new_folder()) as (address, pid):
        store = Store(setting.command, setting.new_folder(), address)
        store.prepare()
        return [_round(setting, lambda: store, pid) for _ in range(count)]


def _round(
    setting: Setting, store: Callable[[], Store], database_pid: int | None = None
) -> dict[str, Any]:
    return {
        "bare": _bare(setting),
        "one pin": _pindown(setting, store, 1, database_pid),
        "64 pins": _pindown(setting, store, CONNECTIONS, database_pid),
    }


def _bare(setting: Setting) -> dict[str, Any]:
    return _sample(setting, servers.bare, lambda _: ["p-000000000000"], lambda *_: None)


def _pindown(
    setting: Setting, store: Callable[[], Store], pins: int, database_pid: int | None
) -> dict[str, Any]:
    return _sample(
        setting,
        lambda: servers.pindown(store()),
        lambda server: [new_pin(server) for _ in range(pins)],
        _require_every_revision,
        [database_pid] if database_pid else [],
    )


def _sample(
    setting: Setting,
    start: Callable[[], AbstractContextManager[Running]],
    prepare: Callable[[Running], list[str]],
    check: Callable[[Running, list[str], int], None],
    also_ours: list[int] | None = None,
) -> dict[str, Any]:
    def storm() -> dict[str, Any]:
        with start() as server:
            pins = prepare(server)
            requests = [push_to(server, pin_id, VALUE) for pin_id in pins]
            with load.running(
                setting.load,
                setting.folder,
                server.port,
                pushes=requests,
                connections=CONNECTIONS,
            ) as running:
                before = machine.cpu_seconds(server.pid)
                sample = running.tell("storm", SECONDS, WARMUP)
                used = machine.cpu_seconds(server.pid) - before
            sample["server_cpu"] = used / (SECONDS + WARMUP)
            sample["cpu_us"] = used / sample["pushes"] * 1e6
            check(server, pins, sample["all_pushes"])
        return sample

    return setting.guard.measure(storm, also_ours or ())


def _require_every_revision(server: Running, pins: list[str], pushes: int) -> None:
    """Each answered push is one revision in the store, on top of the one of the creation."""
    stored = numbered = 0
    for pin_id in pins:
        page = server.call("GET", f"/v1/pins/{pin_id}/revisions?limit=1")
        stored += page["total"] - 1
        numbered += server.call("GET", f"/v1/pins/{pin_id}")["revision"] - 1
    if not stored == numbered == pushes:
        raise CannotMeasure(f"{pushes} pushes were answered, {stored} are stored")
