"""One declaration per route: what the door checks, what the handler gets, what OpenAPI says."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import Any, Literal

from ..rights import Right
from .call import FURTHEST, MOST_PER_LIST, Answer, Call, Plain, Stream
from .caller import Caller
from .needs import Schema

Handler = Callable[[Call, Any], Awaitable[Answer | Plain | Stream]]
FindCaller = Callable[[Any, tuple[str, ...]], Awaitable[Caller | None]]
Access = Literal["scope", "signed in", "session", "anyone"]
Pattern = tuple[tuple[str, frozenset[str]], ...]
JSON_TYPES = (b"application/json", b"application/merge-patch+json", b"application/json-patch+json")
COSTS = {"GET": 1, "POST": 2, "PUT": 2, "PATCH": 2, "DELETE": 2}


@dataclass(frozen=True)
class Query:
    """A query parameter, as OpenAPI shows it. `right`: what is asked for where it is sent."""

    name: str
    kind: Literal["string", "integer", "boolean", "moment"]
    help: str
    lowest: int | None = None
    highest: int | None = None
    default: int | None = None
    is_required: bool = False
    choices: tuple[str, ...] = ()
    right: Right | None = None


LIMIT = Query("limit", "integer", "how many at most", 1, MOST_PER_LIST, 50)
LIST = (LIMIT, Query("offset", "integer", "how many to pass over", 0, FURTHEST, 0))
DRY_RUN = Query("dry_run", "boolean", "check and answer as ever, but change nothing")


@dataclass(frozen=True)
class Route:
    """A method and path, who may pass, what it costs, what goes in and out.

    `access`: a key with `scope` or any session; anyone signed in; sessions only; anyone at all.
    `right`: what it asks for of the thing in its path; None where there is none.
    `body` and `answer` are msgspec types; `answer` describes `data`, and is `bytes` where the
    answer is no envelope but `media`. `metadata`: the type of the body's part of that name; `needs`:
    what a body has to say besides, as JSON Schema. `if_match`: it minds the header. `has_dry_run`: it
    can be tried with `?dry_run=true`. `is_read`: it changes nothing, though it may be asked by POST.
    `audit`: what the audit log calls it, and the fields of its answer that are noted there.
    `takes_file`: its body is multipart and holds a file, which is `call.upload`.
    `takes`: media types of bodies. `may_create`: it answers 201 too. `find_caller`: who is asking
    where the path itself is the key; None for nobody.
    """

    method: str
    path: str
    handler: Handler
    access: Access
    scope: str | None
    right: Right | None
    cost: int
    status: int
    body: Any
    needs: Schema = field(hash=False)
    metadata: Any
    answer: Any
    query: tuple[Query, ...]
    errors: tuple[int, ...]
    is_streaming: bool
    body_is_patch: bool
    has_dry_run: bool
    is_read: bool
    audit: tuple[str, ...]
    takes_file: bool
    takes: tuple[bytes, ...]
    may_create: bool
    find_caller: FindCaller | None
    media: str
    if_match: bool | None
    segments: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The handler's name: the operation id in OpenAPI."""
        return self.handler.__name__

    @property
    def has_etag(self) -> bool:
        """Whether its answer can be told from an older one: it names a revision, or is a file."""
        if self.segments[-1] == "{revision}":
            return False  # what was is not told from what was before
        return "revision" in _fields(self.answer) or (self.answer is bytes and "{" in self.path)

    @property
    def takes_revision(self) -> bool:
        """Whether it minds `If-Match`: if not declared, where what it changes has revisions."""
        if self.if_match is not None:
            return self.if_match
        has_revisions = bool({"revision", "deleted_at"} & set(_fields(self.answer)))
        return has_revisions and self.method != "GET" and "{" in self.path

    @property
    def is_write(self) -> bool:
        """Whether it may change something."""
        return not self.is_read

    @property
    def is_remembered(self) -> bool:
        """Whether what it answers to an Idempotency-Key is kept. Signing in is never repeated."""
        return self.is_write and self.segments[1] != "auth"

    @property
    def summary(self) -> str:
        """The first line of the handler's docstring."""
        return (self.handler.__doc__ or "").strip().split("\n", 1)[0]

    @property
    def description(self) -> str:
        """What the docstring says beyond its first line."""
        return cleandoc(self.handler.__doc__ or "").partition("\n")[2].strip()


class Routes:
    """The routes of one feature, collected by decorators."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def add(
        self,
        method: str,
        path: str,
        *,
        scope: str | None = None,
        access: Access | None = None,
        right: Right | None = None,
        cost: int | None = None,
        status: int = 200,
        body: Any = None,
        needs: Schema | None = None,
        metadata: Any = None,
        answer: Any = None,
        query: tuple[Query, ...] = (),
        errors: tuple[int, ...] = (),
        is_streaming: bool = False,
        body_is_patch: bool = False,
        dry_run: bool = False,
        is_read: bool = False,
        audit: tuple[str, ...] = (),
        takes_file: bool = False,
        takes: tuple[bytes, ...] = JSON_TYPES,
        may_create: bool = False,
        find_caller: FindCaller | None = None,
        media: str = "*/*",
        if_match: bool | None = None,
    ) -> Callable[[Handler], Handler]:
        """Declare a route. Either `scope` or `access` has to be named: every route has a door."""
        if (scope is None) == (access is None):
            raise TypeError(f"{method} {path}: name its scope, or who may pass without one")
        if dry_run:
            query = (*query, DRY_RUN)

        def collect(handler: Handler) -> Handler:
            self.all.append(
                Route(
                    method,
                    path,
                    handler,
                    access or "scope",
                    scope,
                    right,
                    COSTS[method] if cost is None else cost,
                    status,
                    body,
                    needs or {},
                    metadata,
                    answer,
                    query,
                    errors,
                    is_streaming,
                    body_is_patch,
                    dry_run,
                    is_read or method == "GET",
                    audit,
                    takes_file,
                    takes,
                    may_create,
                    find_caller,
                    media,
                    if_match,
                    tuple(path.strip("/").split("/")),
                )
            )
            return handler

        return collect


class Table:
    """Finds a route by its path: method, first word and number of segments, a few candidates."""

    def __init__(self, routes: list[Route]) -> None:
        self._candidates: dict[tuple[str, str, int], list[tuple[Route, Pattern]]] = {}
        self._methods = sorted({route.method for route in routes})
        taken = _taken(routes)
        for route in sorted(routes, key=_variables):
            key = (route.method, route.segments[1], len(route.segments))
            self._candidates.setdefault(key, []).append((route, _pattern(route, taken)))

    def find(self, method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
        """The route and the values of its variables."""
        segments = path.split("/")
        del segments[0]
        if len(segments) < 2:
            return None
        for route, pattern in self._candidates.get((method, segments[1], len(segments)), ()):
            values = _match(pattern, segments)
            if values is not None:
                return route, values
        return None

    def allowed(self, path: str) -> list[str]:
        """The methods that this path answers."""
        return [method for method in self._methods if self.find(method, path) is not None]


def _fields(answer: Any) -> tuple[str, ...]:
    return getattr(answer, "__struct_fields__", ())


def _taken(routes: list[Route]) -> dict[tuple[str, ...], frozenset[str]]:
    """After each beginning of a path, the words that mean something there: no pin is `shared`."""
    taken: dict[tuple[str, ...], set[str]] = {}
    for route in routes:
        for at, part in enumerate(route.segments):
            words = taken.setdefault(route.segments[:at], set())
            if part[0] != "{":
                words.add(part)
    return {before: frozenset(words) for before, words in taken.items()}


def _pattern(route: Route, taken: dict[tuple[str, ...], frozenset[str]]) -> Pattern:
    """Its path; with each variable the words that it cannot be."""
    return tuple(
        (part, taken[route.segments[:at]] if part[0] == "{" else frozenset())
        for at, part in enumerate(route.segments)
    )


def _match(pattern: Pattern, segments: list[str]) -> tuple[str, ...] | None:
    values = []
    for (part, taken), segment in zip(pattern, segments, strict=True):
        if part[0] == "{":
            if not segment or segment in taken or "\0" in segment:  # which no database can look for
                return None
            values.append(segment)
        elif part != segment:
            return None
    return tuple(values)


def _variables(route: Route) -> int:
    """Fixed words before variables: /pins/shared before /pins/{pin_id}."""
    return sum(part[0] == "{" for part in route.segments)
