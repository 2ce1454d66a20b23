"""Where the texts of a config stand and how each is escaped, as a tree to walk beside the config."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

Kind = Literal["text", "markdown", "url", "code"]


class Place:
    """A place in a config: the kind of text there, and the places within."""

    __slots__ = ("_inner", "is_plain", "kind")

    def __init__(self) -> None:
        self.kind: Kind = "text"
        self._inner: dict[str, Place] = {}
        self.is_plain = True
        """Whether everything here and within is `text`."""

    def within(self, step: str) -> "Place":
        """The place under a key, or of an element."""
        found = self._inner.get(step)
        return found if found is not None else self._inner.get("*", ELSEWHERE)

    def add(self, path: list[str], kind: Kind) -> None:
        """Name the kind of texts at a path; `**` at its end is everything beneath it too."""
        if kind != "text":
            self.is_plain = False
        if not path:
            self.kind = kind
            return
        if path == ["**"]:
            self.kind = kind
            self._inner["*"] = self
            return
        self._inner.setdefault(path[0], Place()).add(path[1:], kind)


ELSEWHERE = Place()
"""Where nothing is named: text."""


def place_of(places: Mapping[str, str]) -> Place:
    """The place of a whole value, out of `{"cards/*/title": "text"}`; that of a text is `""`."""
    return _place_of(tuple(places.items()))


@lru_cache(maxsize=100)
def _place_of(places: tuple[tuple[str, Kind], ...]) -> Place:
    root = Place()
    for path, kind in places:
        root.add(path.split("/") if path else [], kind)
    return root
