"""A stream's life over ASGI: head, snapshot, then silence on this side until one side goes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from .hub import Hub
from .viewer import Send, Viewer

Receive = Callable[[], Awaitable[Any]]
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
LAST = {"type": "http.response.body", "body": b"", "more_body": False}


async def run(
    hub: Hub, viewer: Viewer, headers: list[tuple[bytes, bytes]], receive: Receive, send: Send
) -> None:
    """Keep the stream until the reader goes or the viewer is ended.

    Thousands of these wait at the same time, so it holds nothing that is not needed.
    """
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS + headers})
        headers.clear()
        await viewer.begin(send)
        if viewer.is_open:
            viewer.reading = asyncio.current_task()
            while (await receive())["type"] != "http.disconnect":
                pass  # a body that a GET should not have
            viewer.reading = None
    except asyncio.CancelledError:
        if viewer.is_open or viewer.reading is None:
            raise
        viewer.reading.uncancel()  # it was the viewer's end, not the server's
    finally:
        hub.leave(viewer)
        viewer.reading = None
        viewer.end()
    await send(LAST)
