"""Streams that end, wait, and stay quiet about what is not theirs."""

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from inside import PATIENCE, Inside, Watcher, stat
from pindown_server.changes import Change
from pindown_server.live import viewer
from pindown_server.sharing import watch
from running import RunningServer


async def _pin(inside: Inside, **more: Any) -> str:
    answer = await inside.call("POST", "/v1/pins", stat(1) | more)
    assert answer.status == 201, answer.body
    pin_id: str = answer.data["id"]
    return pin_id


async def test_a_push_reaches_an_open_stream(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching(pins=[pin]) as watcher:
        await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(2)["content"]})
        await watcher.until(lambda: watcher.named("pin"))
        assert watcher.pins[pin]["pin_config"] == stat(2)["content"]
        assert watcher.pins[pin]["version"] == 2


async def test_visitors_from_one_address_cannot_watch_without_end(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "MOST_BY_ADDRESS", 3)
    ids = ["p-a", "p-b"]
    async with inside.watching(who=None, pins=ids):
        async with inside.watching(who=None, pins=["p-c"]):
            refused = await inside.call("GET", "/v1/live?pins=p-d", who=None)
            assert (refused.status, refused.code) == (429, "RATE_LIMIT_EXCEEDED")
            async with inside.watching(pins=ids):  # who has an account is counted elsewhere
                pass
        async with inside.watching(who=None, pins=["p-d"]) as watcher:
            assert watcher.denied == {"p-d"}
    assert inside.app.parts.hub.hold("address 127.0.0.1", 3, 3)


async def test_what_is_no_id_is_not_watched(inside: Inside) -> None:
    refused = await inside.call("GET", f"/v1/live?pins=p-{'a' * 60}")
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
    assert inside.app.parts.hub.viewer_count == 0


async def test_the_same_value_again_is_a_sign_of_life_and_no_revision(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching(pins=[pin]) as watcher:
        again = await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(1)["content"]})
        await watcher.until(lambda: watcher.named("alive"))
        assert again.data["revision"] == 1
        assert watcher.named("pin") == []


async def test_a_silent_pin_is_told_late_and_then_on_time(inside: Inside) -> None:
    pin = await _pin(inside, expect_every=1)
    async with inside.watching(pins=[pin]) as watcher:
        await watcher.until(lambda: watcher.named("late"))
        shown = await inside.call("GET", f"/v1/pins/{pin}")
        assert shown.data["is_late"] is True
        late = await inside.call("GET", "/v1/pins?late=true")
        assert [item["id"] for item in late.data["items"]] == [pin]
        await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(1)["content"]})
        await watcher.until(lambda: watcher.named("on_time"))
        assert watcher.pins[pin]["is_late"] is False


async def test_a_deleted_pin_leaves_the_stream(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching(pins=[pin]) as watcher:
        await inside.call("DELETE", f"/v1/pins/{pin}")
        await watcher.until(lambda: watcher.named("deleted"))
        assert watcher.named("deleted") == [{"id": pin}]


async def test_a_stranger_is_denied_and_hears_nothing(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching("dan", pins=[pin]) as stranger, inside.watching(pins=[pin]) as owner:
        await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(2)["content"]})
        await owner.until(lambda: owner.named("pin"))
        assert [kind for kind, _ in stranger.events] == ["snapshot"]
        assert stranger.denied == {pin}


async def test_a_visitor_loses_a_pin_that_is_made_private(inside: Inside) -> None:
    pin = await _pin(inside, is_public=True)
    async with inside.watching(None, pins=[pin]) as visitor:
        assert pin in visitor.pins
        await inside.call("POST", f"/v1/pins/{pin}/share", {"is_public": False})
        await visitor.until(lambda: visitor.named("denied"))
        await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat("secret")["content"]})
        await inside.call("POST", f"/v1/pins/{pin}/share", {"is_public": True})
        await visitor.until(lambda: pin in visitor.pins)
        assert visitor.named("denied") == [{"id": pin}]


async def test_a_revoked_key_ends_its_stream(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching(pins=[pin]) as watcher:
        key_id = inside.cast["ada"].key_id
        gone = await inside.call("DELETE", f"/v1/api-keys/{key_id}")
        assert gone.status == 200
        await watcher.until(lambda: watcher.is_closed)
        assert watcher.events[-1] == ("denied", {})
        assert (await inside.call("GET", f"/v1/pins/{pin}")).status == 401


async def test_a_bad_key_gets_no_stream(inside: Inside) -> None:
    pin = await _pin(inside, is_public=True)
    headers = {"authorization": "Bearer pk_live_" + "x" * 32}
    answer = await inside.call("GET", f"/v1/live?pins={pin}", who=None, headers=headers)
    assert (answer.status, answer.code) == (401, "UNAUTHORIZED")


async def test_a_slow_reader_holds_nobody_up_and_gets_the_newest(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching(pins=[pin]) as slow, inside.watching(pins=[pin]) as quick:
        slow.slow_down()
        for value in range(2, 40):
            await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(value)["content"]})
        await quick.until(lambda: quick.pins[pin]["version"] == 39)
        assert slow.pins[pin]["version"] == 1
        slow.speed_up()
        await slow.until(lambda: slow.pins[pin]["version"] == 39)
        assert len(slow.events) <= 3, "what waited was not joined"


async def test_what_waited_leaves_in_writes_that_have_an_end(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewer, "MOST_AT_ONCE", 1)
    await inside.call("POST", "/v1/datasets", {"name": "Sales", "data": {"total": 1}})
    plain = [await _pin(inside) for _ in range(3)]
    body = stat("{{sales.total}}")
    drawn = [(await inside.call("POST", "/v1/pins", body)).data["id"] for _ in range(2)]
    async with inside.watching(pins=plain + drawn) as slow, inside.watching(pins=drawn) as quick:
        slow.slow_down()
        for pin in plain:
            await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(2)["content"]})
        await inside.call("PUT", "/v1/datasets/sales", {"data": {"total": 2}})
        await quick.until(lambda: quick.named("frame"))
        slow.speed_up()
        await slow.until(lambda: {pin["version"] for pin in slow.pins.values()} == {2})
        assert [name for name, _ in slow.events[1:]].count("frame") == 4 - len(slow.named("pin"))
        assert {pin["id"] for pin in slow.named("frame")[-1]["pins"]} == set(drawn)


async def _let_wait(inside: Inside, pin: str, slow: Watcher, quick: Watcher) -> None:
    """Two values for a slow reader: one is on its way, the other waits behind it."""
    slow.slow_down()
    for value in (2, 3):
        await inside.call("PUT", f"/v1/pins/{pin}", {"content": stat(value)["content"]})
        await quick.until(lambda value=value: quick.pins[pin]["version"] == value)


@contextmanager
def _flowing_with_the_next_change(inside: Inside, slow: Watcher) -> Iterator[None]:
    """The connection takes more at the very moment in which rights are looked at again."""
    database = inside.app.parts.database
    publish = database.publish
    database.publish = lambda changes: (slow.speed_up(), publish(changes))[1]
    yield
    database.publish = publish


async def test_what_waits_while_rights_move_is_not_lost(inside: Inside) -> None:
    pin = await _pin(inside)
    async with inside.watching(pins=[pin]) as slow, inside.watching(pins=[pin]) as quick:
        await _let_wait(inside, pin, slow, quick)
        with _flowing_with_the_next_change(inside, slow):
            role = {"email": inside.cast["cleo"].email, "role": "viewer"}
            await inside.call("POST", f"/v1/pins/{pin}/collaborators", role)
        await slow.until(lambda: slow.pins[pin]["version"] == 3)


async def test_what_waits_when_rights_are_lost_does_not_leave(inside: Inside) -> None:
    pin = await _pin(inside, is_public=True)
    async with inside.watching(None, pins=[pin]) as slow, inside.watching(pins=[pin]) as quick:
        await _let_wait(inside, pin, slow, quick)
        with _flowing_with_the_next_change(inside, slow):
            await inside.call("POST", f"/v1/pins/{pin}/share", {"is_public": False})
        await slow.until(lambda: slow.named("denied"))
    assert "'version': 2" in repr(slow.events)
    assert "'version': 3" not in repr(slow.events)


@contextmanager
def _held_back(inside: Inside) -> Iterator[list[Change]]:
    """What is announced, which nobody hears of before the test tells it."""
    database = inside.app.parts.database
    publish, held = database.publish, list[Change]()
    database.publish = held.extend
    yield held
    database.publish = publish


async def test_announcements_that_overtake_each_other_take_nobody_back(inside: Inside) -> None:
    pin, other = await _pin(inside), await _pin(inside)
    publish, numbers = inside.app.parts.database.publish, count(2)

    async with inside.watching(pins=[pin, other]) as watcher:

        async def push(pin: str) -> int:
            body = {"content": stat(next(numbers))["content"]}
            version: int = (await inside.call("PUT", f"/v1/pins/{pin}", body)).data["version"]
            return version

        async def tell(changes: list[Change]) -> None:
            """Publish them, and wait for what was published after them."""
            publish(changes)
            last = await push(other)
            await watcher.until(lambda: watcher.pins[other]["version"] == last)

        with _held_back(inside) as held:
            last = [await push(pin), await push(pin)][-1]
        await tell(held[::-1])  # within one moment
        assert watcher.pins[pin]["version"] == last
        with _held_back(inside) as held:
            last = [await push(pin), await push(pin)][-1]
        await tell(held[1:])
        await tell(held[:1])  # long after it
        assert watcher.pins[pin]["version"] == last
        with _held_back(inside) as held:
            await inside.call("DELETE", f"/v1/pins/{pin}")
            await inside.call("POST", f"/v1/bin/{pin}/restore")
        assert held[0].kind == "deleted"
        publish(held[1:])
        await watcher.until(lambda: watcher.pins[pin]["version"] == last + 1)
        await tell(held[:1])
    assert pin in watcher.pins
    assert (watcher.went_back, watcher.named("deleted")) == ([], [])


async def test_the_stream_says_what_it_is(inside: Inside) -> None:
    assert (await inside.call("GET", "/v1/live")).code == "VALIDATION_FAILED"
    many = ",".join(f"p-{number:012d}" for number in range(201))
    assert (await inside.call("GET", f"/v1/live?pins={many}")).code == "VALIDATION_FAILED"
    async with inside.watching("dan", pins=["p-000000000000"]) as watcher:
        assert watcher.status == 200
        assert watcher.denied == {"p-000000000000"}


def _stalled_reader(server: RunningServer, key: str, pin: str) -> socket.socket:
    """A connection that asks for the stream and then reads nothing."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.connect(("127.0.0.1", server.port))
    head = f"GET /v1/live?pins={pin} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n"
    reader.sendall(head.encode())
    return reader


def test_uvicorn_suspends_before_it_writes_to_a_full_connection(
    tmp_path: Path, start_server: Any
) -> None:
    """The live stream rests on this; the day uvicorn changes it, the last state is lost here."""
    server = start_server(tmp_path)
    key = server.add_key("ada@harbour.example")
    with httpx2.Client(
        base_url=server.address, headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE
    ) as client:
        pin = client.post("/v1/pins", json=stat(0)).json()["data"]["id"]
        reader = _stalled_reader(server, key, pin)
        for number in range(120):
            big = {"content": {"cards": [{"title": "x" * 9_000, "value": n} for n in range(4)]}}
            big["content"]["cards"][0]["value"] = number
            assert client.put(f"/v1/pins/{pin}", json=big).status_code == 200
        last = client.get(f"/v1/pins/{pin}").json()["data"]["version"]
    text = _read_until_version(reader, last)
    versions = [view["version"] for view in _views(text)]
    assert versions == sorted(set(versions)), "a view came twice, torn or out of order"
    assert versions[-1] == last
    assert len(versions) < last, "the connection never was full: the test tested nothing"


def _read_until_version(reader: socket.socket, version: int) -> bytes:
    reader.settimeout(PATIENCE)
    text = b""
    mark = f'"version":{version},'.encode()
    while mark not in text or not text.endswith(b"\r\n"):
        part = reader.recv(1 << 16)
        assert part, "the stream ended"
        text += part
    reader.close()
    return text


def _views(text: bytes) -> list[Any]:
    """The pin views in a chunked answer, in order."""
    body, rest = b"", text.split(b"\r\n\r\n", 1)[1]
    while rest:
        size, rest = rest.split(b"\r\n", 1)
        body, rest = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
    views: list[Any] = []
    for block in body.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if lines.get("event") in ("snapshot", "frame"):
            views += json.loads(lines["data"])["pins"]
        elif lines.get("event") == "pin":
            views.append(json.loads(lines["data"]))
    return views


async def test_many_watchers_of_many_pins_each_see_their_own(inside: Inside) -> None:
    pins = [await _pin(inside) for _ in range(5)]
    watchers = []
    for number in range(20):
        watcher = Watcher()
        watcher.open(inside, "ada", {"pins": pins[number % 4 : number % 4 + 2]})
        watchers.append(watcher)
    for watcher in watchers:
        await watcher.until(lambda w=watcher: w.events)
    bodies = [{"content": stat(number)["content"]} for number in range(10, 15)]
    pushes = [
        inside.call("PUT", f"/v1/pins/{pin}", body) for pin, body in zip(pins, bodies, strict=True)
    ]
    await asyncio.gather(*pushes)
    for number, watcher in enumerate(watchers):
        await watcher.until(lambda w=watcher: all(p["version"] == 2 for p in w.pins.values()))
        assert set(watcher.pins) == set(pins[number % 4 : number % 4 + 2])
        await watcher.close()


async def test_a_pin_that_changed_and_went_in_one_moment_is_gone(inside: Inside) -> None:
    pin_id = (await inside.call("POST", "/v1/pins", stat(1))).data["id"]
    async with inside.watching("ada", pins=[pin_id]) as watcher:
        await asyncio.gather(
            inside.call("PUT", f"/v1/pins/{pin_id}", stat(2)),
            inside.call("DELETE", f"/v1/pins/{pin_id}"),
        )
        await watcher.until(lambda: watcher.named("deleted"))
        assert pin_id not in watcher.pins
        assert (await inside.call("POST", f"/v1/bin/{pin_id}/restore")).status == 200
        await watcher.until(lambda: pin_id in watcher.pins)
        # On PostgreSQL the end may have come first, and the change found nothing.
        stored = (await inside.call("GET", f"/v1/pins/{pin_id}")).data
        assert watcher.pins[pin_id]["pin_config"] == stored["pin_config"]
