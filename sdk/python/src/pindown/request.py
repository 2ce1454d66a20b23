"""A call, described: what is asked, and how it may be repeated. Nothing here is sent."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, Literal, TypedDict, TypeVar, cast
from urllib.parse import quote

T = TypeVar("T")
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

NOTHING: Final = object()  # a body of `null` is a body


class Options(TypedDict, total=False):
    """What can be said about one call, whatever it does."""

    if_match: int | str
    """Refuse (412) unless the stored thing is at this revision."""
    idempotency_key: str
    """Make the same call twice, have it done once. Named by the client where it repeats a call."""
    dry_run: bool
    """Check everything, change nothing."""


@dataclass(frozen=True)
class File:
    """A body that is a file."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Request(Generic[T]):
    """One call; its answer is a T. `is_file`: it is answered with bytes as they are."""

    method: Method
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = NOTHING
    headers: Mapping[str, str] = field(default_factory=dict)
    is_read: bool = False
    is_file: bool = False

    @property
    def can_repeat(self) -> bool:
        """Whether it can be made again when its answer was lost: the server must know it again."""
        return self.is_read or "Idempotency-Key" in self.headers or self._ends_the_same

    @property
    def _ends_the_same(self) -> bool:
        # Setting a value twice, unless the first time moved the revision that was asked for.
        return self.method == "PUT" and "If-Match" not in self.headers


def read(path: str, query: Mapping[str, Any] | None = None) -> Request[Any]:
    """A call that changes nothing."""
    return Request("GET", path, _query(query or {}), is_read=True)


def read_by_post(path: str, body: object) -> Request[Any]:
    """A call that changes nothing, whose question is too long for an address."""
    headers = {"Content-Type": "application/json"}
    return Request("POST", path, body=body, headers=headers, is_read=True)


def fetch(path: str) -> Request[bytes]:
    """A call that is answered with a file."""
    return Request("GET", path, is_read=True, is_file=True)


def upload(path: str, options: Options, name: str, content: bytes) -> Request[Any]:
    """A call that sends a file."""
    described = write("POST", path, options)
    return replace(described, body=File(name, content))


def write(
    method: Method,
    path: str,
    options: Options,
    body: object = NOTHING,
    content_type: str = "application/json",
    *,
    query: Mapping[str, Any] | None = None,
    is_secret: bool = False,
) -> Request[Any]:
    """A call that changes something, and can be repeated without doing it twice.

    `is_secret`: its answer comes only once, so that it is not repeated by itself.
    """
    headers = {} if body is NOTHING else {"Content-Type": content_type}
    match = options.get("if_match")
    if match is not None:
        headers["If-Match"] = match if isinstance(match, str) and '"' in match else f'"{match}"'
    key = options.get("idempotency_key")
    if key is None and not is_secret and (method != "PUT" or match is not None):
        key = secrets.token_hex(16)
    if key is not None:
        headers["Idempotency-Key"] = key
    asked = {**(query or {}), "dry_run": options.get("dry_run")}
    return Request(method, path, _query(asked), body, headers)


def split(given: Mapping[str, Any]) -> tuple[Options, dict[str, Any]]:
    """The options of a call, and what it is about."""
    names = Options.__annotations__
    options = cast(Options, {name: given[name] for name in names if name in given})
    return options, {name: value for name, value in given.items() if name not in names}


def path_of(*parts: str | int) -> str:
    """A path whose parts cannot lead elsewhere."""
    return "".join("/" + quote(str(part), safe="") for part in parts)


def _query(asked: Mapping[str, Any]) -> dict[str, str]:
    return {name: _word(value) for name, value in asked.items() if value is not None}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
