"""The straight way to a connection, past what uvicorn does for each message.

uvicorn's `send` waits while the connection is full, frames the body as a chunk and writes it. For a
thousand viewers of one change the frame is the same, so it is made once and written by us, under
uvicorn's own conditions. Where `send` is not uvicorn's, ASGI is used. A test holds this against
uvicorn's source.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

Cycle = RequestResponseCycle


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
