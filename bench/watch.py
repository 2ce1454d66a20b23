"""Watch: one pin, 1,000 viewers over SSE, against nginx with Debian's nchan.

Both send each viewer events of the same size. `single`: one push at a time, until the last viewer
has it. `paced`: the next push leaves when the last viewer has the one before, so that both deliver
every push. `pressed`: up to eight pushes wait; there Pindown shows only the newest value of a pin,
so what it skips is counted apart and not as delivered.
"""

from functools import partial
from typing import Any

import httpx2
import load
import machine
import msgspec
import servers
from load import MARK, request
from servers import Running
from setting import Setting, card, new_pin, push_to
from setting import watch as watching

VIEWERS = 1000
SINGLES = 25
GAP_MS = 60  # longer than either needs for one
SECONDS = 2.5
PRESSED = 8


def measure(setting: Setting, count: int) -> list[dict[str, Any]]:
    """Rounds of both, each beginning with the other one."""
    rounds = []
    for number in range(count):
        kinds = [("nchan", _nchan), ("pindown", _pindown)]
        ordered = kinds[::-1] if number % 2 else kinds
        rounds.append(
            {name: setting.guard.measure(partial(take, setting)) for name, take in ordered}
        )
    return rounds


def _pindown(setting: Setting) -> dict[str, Any]:
    with servers.pindown(setting.new_store()) as server:
        pin_id = new_pin(server)
        push, stream = push_to(server, pin_id), watching(server, f"pins={pin_id}")
        return _sample(setting, server, push, stream)


def _nchan(setting: Setting) -> dict[str, Any]:
    with servers.nchan(setting.new_folder()) as server:
        event = _event_of_pindown(setting)
        push = request("POST", "/push", {}, event)
        stream = request("GET", "/watch", {"Accept": "text/event-stream"})
        return {"event_bytes": len(event), **_sample(setting, server, push, stream)}


def _event_of_pindown(setting: Setting) -> bytes:
    """What a viewer of Pindown is sent for one push: the view of the pin, as one line of JSON."""
    if not setting.event:
        with servers.pindown(setting.new_store()) as server:
            pin_id = new_pin(server)
            server.call("PUT", f"/v1/pins/{pin_id}", card(MARK))
            setting.event = _view(server, pin_id)
    return setting.event


def _view(server: Running, pin_id: str) -> bytes:
    url = f"http://127.0.0.1:{server.port}/v1/live?pins={pin_id}"
    with httpx2.stream("GET", url, headers=server.headers) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                return msgspec.json.encode(msgspec.json.decode(line[6:])["pins"][0])
    raise load.CannotMeasure("a stream without a snapshot")


def _sample(setting: Setting, server: Running, push: bytes, stream: bytes) -> dict[str, Any]:
    with load.running(
        setting.load, setting.folder, server.port, pushes=[push], viewers=VIEWERS, watch=stream
    ) as running:
        running.tell("single", 5, GAP_MS)  # warm
        sample: dict[str, Any] = {"connected_in": running.connected_in}
        sample["single"] = running.tell("single", SINGLES, GAP_MS)
        for name, window in (("paced", 1), ("pressed", PRESSED)):
            before = machine.cpu_seconds(server.pid)
            sample[name] = running.tell("flow", SECONDS, window)
            used = machine.cpu_seconds(server.pid) - before
            sample[name]["server_cpu"] = used / sample[name]["seconds"]
    if sample["pressed"]["went_back"]:
        raise load.CannotMeasure("a viewer was shown an older value after a newer one")
    return sample
