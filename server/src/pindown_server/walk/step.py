"""A step of the walk: which call is made, and what of its answer later steps need."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Step(NamedTuple):
    """A call of the route `operation`.

    Texts may hold `{names}` of what was kept: `keep` says under which name a path in the answer's
    data is kept. `params` are the path's variables that are called otherwise than what was kept.
    `raw` is a media type and a body that is no JSON. `who`: `ada`, `ben` or nobody. A step that is
    not `shown` only prepares another.
    """

    operation: str
    body: Any = None
    params: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    keep: Mapping[str, str] = {}
    who: str | None = "ada"
    raw: tuple[str, bytes] | None = None
    shown: bool = True
