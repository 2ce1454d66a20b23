"""Glance: a busy board, and how little a viewer costs who only looks.

100 pushes a second on the 30 pins of one board with 200 viewers, evenly spaced: from the first byte
of the push to the event at each viewer. And what the server's memory grows by for 1,000 viewers of
one pin when nothing happens.
"""

import time
from functools import partial
from typing import Any

import load
import machine
import servers
from servers import Running
from setting import Setting, card, new_pin, push_to, watch

PINS = 30
VIEWERS = 200
PER_SECOND = 100
SECONDS = 10
CONNECTIONS = 8
IDLE_VIEWERS = 1000
SETTLED_KIB = 64  # growth within a second that no longer counts


def measure(setting: Setting, count: int) -> list[dict[str, Any]]:
    """Rounds of the busy board and of the silent pin."""
    return [
        {
            "busy": setting.guard.measure(partial(_busy, setting)),
            "idle": setting.guard.measure(partial(_idle, setting)),
        }
        for _ in range(count)
    ]


def _busy(setting: Setting) -> dict[str, Any]:
    with servers.pindown(setting.new_store()) as server:
        pins = [new_pin(server) for _ in range(PINS)]
        board = server.call("POST", "/v1/pinboards", {"title": "Marketing Dashboard"})["id"]
        for pin_id in pins:
            server.call("POST", f"/v1/pinboards/{board}/pins", {"pin_id": pin_id})
        with load.running(
            setting.load,
            setting.folder,
            server.port,
            pushes=[push_to(server, pin_id) for pin_id in pins],
            connections=CONNECTIONS,
            viewers=VIEWERS,
            watch=watch(server, f"pinboards={board}"),
        ) as running:
            running.tell("rate", 1, PER_SECOND)  # warm
            before = machine.cpu_seconds(server.pid)
            sample = running.tell("rate", SECONDS, PER_SECOND)
            sample["server_cpu"] = (machine.cpu_seconds(server.pid) - before) / sample["seconds"]
    if sample["went_back"]:
        raise load.CannotMeasure("a viewer was shown an older value after a newer one")
    return sample


def _idle(setting: Setting) -> dict[str, Any]:
    with servers.pindown(setting.new_store()) as server:
        pin_id = new_pin(server)
        _open_streams(setting, server, pin_id, 20)  # what only the first ones cost
        for number in range(20):
            server.call("PUT", f"/v1/pins/{pin_id}", card(f"${number}"))
        before = _settled_kib(server)
        with _streams(setting, server, pin_id, IDLE_VIEWERS):
            after = _settled_kib(server)
    return {"kib_per_viewer": (after - before) / IDLE_VIEWERS, "server_mib": after / 1024}


def _open_streams(setting: Setting, server: Running, pin_id: str, viewers: int) -> None:
    with _streams(setting, server, pin_id, viewers):
        pass


def _streams(setting: Setting, server: Running, pin_id: str, viewers: int) -> Any:
    return load.running(
        setting.load,
        setting.folder,
        server.port,
        pushes=[push_to(server, pin_id)],
        viewers=viewers,
        watch=watch(server, f"pins={pin_id}"),
    )


def _settled_kib(server: Running) -> int:
    """Memory once it has stopped growing."""
    kib = machine.proportional_kib(server.pid)
    for _ in range(10):
        time.sleep(1)  # the kernel's figure follows with time; nothing tells that it has
        later = machine.proportional_kib(server.pid)
        if abs(later - kib) < SETTLED_KIB:
            return later
        kib = later
    return kib
