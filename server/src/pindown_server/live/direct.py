"""The straight way to a connection, past what uvicorn does for each message.

uvicorn's `send` waits while the connection is full, frames the body as a chunk and writes it. For a
thousand viewers of one change the frame is the same, so it is made once and written by us, under
uvicorn's own conditions. A whole answer is written at once as well: `send` looks at each of its
fifteen headers twice and writes head and body by themselves, a fifth of what a push costs. Where
`send` is not uvicorn's, ASGI is used. A test holds this against uvicorn's source.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

Cycle = RequestResponseCycle
_line = b": ".join  # of a name and a value


def cycle_of(send: Any) -> Cycle | None:
    """What stands behind an ASGI `send`, if it is uvicorn's and the body is sent in chunks."""
    cycle = getattr(send, "__self__", None)
    if isinstance(cycle, Cycle) and cycle.chunked_encoding:
        return cycle
    return None


def write(cycle: Cycle, chunk: bytes) -> bool:
    """Write a chunk; False if the connection takes no more at the moment."""
    if cycle.flow.write_paused:
        return False
    if not cycle.disconnected and not cycle.response_complete:
        cycle.transport.write(chunk)
    return True


def answer(send: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> bool:
    """Write a whole answer; False where nothing was written, since `send` has to do it."""
    cycle = getattr(send, "__self__", None)
    if not isinstance(cycle, Cycle) or not _is_usual(cycle):
        return False
    all_headers = [*cycle.default_headers, *headers]
    head = STATUS_LINE[status] + b"\r\n".join(map(_line, all_headers)) + b"\r\n\r\n"
    lines = len(all_headers) + 2
    if head.count(b"\n") != lines or head.count(b"\r") != lines or b"\0" in head:
        return False  # a header holds a line of its own: uvicorn refuses it
    cycle.transport.write(head + body)
    cycle.response_started = cycle.response_complete = True
    cycle.waiting_for_100_continue = cycle.chunked_encoding = False
    cycle.message_event.set()
    cycle.on_response()
    return True


def _is_usual(cycle: Cycle) -> bool:
    """Whether the connection takes an answer now, and stays open after it."""
    return (
        cycle.keep_alive
        and not cycle.response_started
        and not cycle.disconnected
        and not cycle.flow.write_paused
        and not cycle.access_log
        and cycle.scope["method"] != "HEAD"
    )
