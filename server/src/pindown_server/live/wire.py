"""Changes as Server-Sent Events."""

from typing import Any

from ..changes import DRAWN, Change


class Message:
    """A part of a stream's body that may go to many: encoded once, for ASGI and for the wire."""

    __slots__ = ("asgi", "chunk")

    def __init__(self, body: bytes) -> None:
        self.asgi: dict[str, Any] = {"type": "http.response.body", "body": body, "more_body": True}
        self.chunk = b"%x\r\n%b\r\n" % (len(body), body)  # HTTP/1.1 chunked encoding


GONE = frozenset({"deleted", "denied"})  # what the reader shows no more
OPENING = b"retry: 2000\n\n"


def event(kind: str, data: bytes) -> bytes:
    """One event. The data is JSON on one line."""
    return b"event: " + kind.encode() + b"\ndata: " + data + b"\n\n"


def of_change(change: Change) -> bytes:
    """A change as its own event."""
    return event(change.kind, change.encoded())


def of_changes(changes: list[Change]) -> bytes:
    """Changes that leave in one write: pins that belong together share a `frame`.

    What belongs together has the same `frame` mark; a change without one is its own event. What is
    drawn from datasets comes last of the pins: what is not any more, or is gone, must not stand
    beside it as it was.
    """
    frames: dict[str, list[bytes]] = {}
    gone, single, rest = list[bytes](), list[bytes](), list[bytes]()
    for change in _still_true(changes):
        if change.kind == "pin" and change.frame:
            frames.setdefault(change.frame, []).append(change.encoded())
        else:
            part = single if change.kind == "pin" else gone if change.kind in GONE else rest
            part.append(of_change(change))
    drawn = frames.pop(DRAWN, None)
    framed = [frame(views) for views in frames.values()]
    return b"".join([*gone, *single, *framed, frame(drawn) if drawn else b"", *rest])


def _still_true(changes: list[Change]) -> list[Change]:
    """Without what was said of a thing before it went: the end is written first."""
    ends = {change.topic: at for at, change in enumerate(changes) if change.kind in GONE}
    if not ends:
        return changes
    return [change for at, change in enumerate(changes) if at >= ends.get(change.topic, at)]


def frame(views: list[bytes]) -> bytes:
    """Pins that change together."""
    return event("frame", b'{"pins":[' + b",".join(views) + b"]}")


HEARTBEAT = Message(b":\n\n")
