"""The straight way to a connection, past what uvicorn does for each message.

uvicorn's `send` waits while the connection is full, frames the body as a chunk and writes it. For a
thousand viewers of one change the frame is the same, so it is made once and written by us; each
object that has to be looked at on the way to a connection takes longer than all that is computed. A
whole answer is written at once as well: `send` looks at each of its fifteen headers twice and writes
head and body by themselves, a fifth of what a push costs. Where `send` is not uvicorn's, ASGI is
used. A test holds this against uvicorn's source.
"""

from typing import Any

from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

Cycle = RequestResponseCycle
Flow = FlowControl
_line = b": ".join  # of a name and a value


def connection_of(send: Any) -> tuple[Flow, Any] | tuple[None, None]:
    """What stands behind an ASGI `send`, if it is uvicorn's and the body is sent in chunks."""
    cycle = getattr(send, "__self__", None)
    if isinstance(cycle, Cycle) and cycle.chunked_encoding:
        return cycle.flow, cycle.transport
    return None, None


def write(flow: Flow, transport: Any, chunk: bytes) -> bool:
    """Write a chunk of a body that is not complete; False if the connection takes no more now."""
    if flow.write_paused:
        return False
    try:
        transport.write(chunk)
    except RuntimeError:
        pass  # it was closed this moment, and whoever waits for its end is about to hear of it
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
