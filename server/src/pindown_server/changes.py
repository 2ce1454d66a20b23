"""Everything viewers can be told, and the topics they watch.

A topic is the id of a thing: a pin, a pinboard, an API key, a session, a user. One topic, one
audience: whoever watches it may see all that is announced on it.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

# What is said about a pin's freshness, besides its views.
STATUS = frozenset({"alive", "late", "on_time"})

# What has a version: an older one is no news.
VERSIONED = frozenset({"pin", "pinboard", "page"})

# The frame of all that is drawn from datasets, however many rounds of drawing it took: it leaves as
# one, so that nobody sees two cards of one dataset at two revisions.
DRAWN = "drawn"

Kind = Literal[
    "pin",
    "pinboard",
    "page",
    "alive",
    "late",
    "on_time",
    "deleted",
    "denied",
    "redraw",
    "rights",
    "ended",
]


class Change(msgspec.Struct, gc=False):
    """One thing that became different.

    `version` orders the views of a topic, and of what is `deleted` it is the last one that was
    shown: it may come back with a higher one. 0 where there is none. `pushed_at` orders what is said
    about its freshness.
    `data` is the JSON of the event; it is made when somebody first needs it, because most
    changes have no viewer. `redraw`, `rights` and `ended` are not told to readers: they make the
    server draw pins again, or look again at who may watch. `repeats`: what is shown moved with the clock and not with the version. `is_last` tells a reader that there is no more to see; it reaches the reader
    although it does not watch the topic any more.
    """

    topic: str
    kind: Kind
    version: int = 0
    pushed_at: int = 0
    data: bytes | Callable[[], bytes] = b""
    frame: str = ""
    repeats: bool = False
    is_last: bool = False

    @property
    def at(self) -> tuple[int, int]:
        """What orders the views of its topic."""
        return self.version, self.pushed_at

    def encoded(self) -> bytes:
        """The event's JSON, made at most once."""
        if not isinstance(self.data, bytes):
            self.data = self.data()
        return self.data


def draw_again(topics: Sequence[str]) -> Change:
    """What these pins show is drawn from datasets and different now: read all of them again."""
    return Change(topics[0], "redraw", data=msgspec.json.encode(topics))


def rights_changed(topic: str) -> Change:
    """Who may see this thing is different now: everyone who watches it is looked at again."""
    return Change(topic, "rights")


def caller_ended(topic: str) -> Change:
    """A key, session or account is gone: the streams it opened end."""
    return Change(topic, "ended")
