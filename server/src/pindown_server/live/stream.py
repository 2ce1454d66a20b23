"""A stream's life over ASGI: head, snapshot, then silence on this side until one side goes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from . import wire
from .hub import Hub
from .viewer import Seen, Send, Viewer

Receive = Callable[[], Awaitable[Any]]
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def run(
    hub: Hub,
    viewer: Viewer,
    snapshot: bytes,
    seen: dict[str, Seen],
    headers: list[tuple[bytes, bytes]],
    receive: Receive,
    send: Send,
) -> None:
    """Keep the stream until the reader goes or the viewer is ended."""
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS + headers})
        opening = wire.OPENING + wire.event("snapshot", snapshot)
        snapshot = b""  # thousands of streams wait here: hold nothing that is not needed
        begun, opening = viewer.begin(send, opening, seen), b""
        await begun
        del seen, begun
        await _until_gone(viewer, receive)
        if not viewer.is_open:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        hub.leave(viewer)
        viewer.end()


async def _until_gone(viewer: Viewer, receive: Receive) -> None:
    """Until the reader disconnects, or the viewer is ended by us."""
    task = asyncio.current_task()
    assert task is not None
    ended = False

    def end() -> None:
        nonlocal ended
        if not ended:
            ended = True
            task.cancel()

    if not viewer.is_open:
        return
    viewer.when_ended = end
    try:
        while (await receive())["type"] != "http.disconnect":
            pass  # a body that a GET should not have
    except asyncio.CancelledError:
        if not ended:
            raise
        task.uncancel()
    finally:
        viewer.when_ended = None
