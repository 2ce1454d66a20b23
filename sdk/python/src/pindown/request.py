"""A call, described: what is asked, and how it may be repeated. Nothing here is sent."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, TypedDict, TypeVar
from urllib.parse import quote

T = TypeVar("T")
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

NOTHING: Final = object()  # a body of `null` is a body


class Options(TypedDict, total=False):
    """What can be said about one call, whatever it does."""

    if_match: int | str
    """Refuse (412) unless the stored thing is at this revision."""
    idempotency_key: str
    """Make the same call twice, have it done once."""
    dry_run: bool
    """Check everything, change nothing."""


@dataclass(frozen=True)
class Request(Generic[T]):
    """One call; its answer is a T."""

    method: Method
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = NOTHING
    headers: Mapping[str, str] = field(default_factory=dict)
    is_repeatable: bool = True


def read(path: str, query: Mapping[str, Any] | None = None) -> Request[Any]:
    """A call that changes nothing."""
    return Request("GET", path, _query(query or {}))


def read_by_post(path: str, body: object) -> Request[Any]:
    """A call that changes nothing, whose question is too long for an address."""
    return Request("POST", path, body=body, headers={"Content-Type": "application/json"})


def write(
    method: Method,
    path: str,
    options: Options,
    body: object = NOTHING,
    content_type: str = "application/json",
) -> Request[Any]:
    """A call that changes something, and can be repeated without doing it twice."""
    headers = {} if body is NOTHING else {"Content-Type": content_type}
    match = options.get("if_match")
    if match is not None:
        headers["If-Match"] = match if isinstance(match, str) and '"' in match else f'"{match}"'
    key = options.get("idempotency_key")
    # Setting the same value twice ends the same, unless the first time moved the revision asked for.
    if key is None and (method != "PUT" or match is not None):
        key = secrets.token_hex(16)
    if key is not None:
        headers["Idempotency-Key"] = key
    query = {"dry_run": "true"} if options.get("dry_run") else {}
    return Request(method, path, query, body, headers)


def write_once(method: Method, path: str, body: object = NOTHING) -> Request[Any]:
    """A call that is not repeated by itself, since its answer comes only once."""
    headers = {} if body is NOTHING else {"Content-Type": "application/json"}
    return Request(method, path, body=body, headers=headers, is_repeatable=False)


def split(given: Mapping[str, Any]) -> tuple[Options, dict[str, Any]]:
    """The options of a call, and what it is about."""
    names = Options.__annotations__
    options = Options(**{name: given[name] for name in names if name in given})  # type: ignore[typeddict-item]
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
