"""The door: a bare ASGI function that every call to /v1 passes.

Who is asking (401), may this key do that (403), has it tokens left (429), what is in the body
(400, 413, 415); then the handler; then the answer, in one shape whatever happened.
"""

import ipaddress
import itertools
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from .. import errors
from ..clock import now
from ..live import direct
from ..settings import Settings
from .budgets import Budgets, Header
from .call import Call, Plain, Receive, Send, Stream
from .caller import Caller, visitor
from .once import Note, Once, Replay
from .origin import require_own_origin
from .route import JSON_TYPES, Route, Table
from .upload import receive_file

log = logging.getLogger(__name__)

Find = Callable[[dict[bytes, bytes], str], Awaitable[Caller | None]]

JSON: Header = (b"content-type", b"application/json")
ANY_ORIGIN: Header = (b"access-control-allow-origin", b"*")
EXPOSED: Header = (
    b"access-control-expose-headers",
    (
        b"ETag, Retry-After, Idempotency-Replayed, X-Request-Id, X-RateLimit-Limit-Hour,"
        b" X-RateLimit-Remaining-Hour, X-RateLimit-Reset-Hour, X-RateLimit-Limit-Minute,"
        b" X-RateLimit-Remaining-Minute, X-RateLimit-Reset-Minute, X-RateLimit-Token-Cost"
    ),
)
PREFLIGHT: list[Header] = [
    ANY_ORIGIN,
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
    (
        b"access-control-allow-headers",
        b"Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key",
    ),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
SAFE_METHODS = ("GET", "HEAD")
MOST_TRIES = 6  # of a change that others got in the way of: PostgreSQL takes a second to see each


class Door:
    """Takes calls to /v1 in and hands them to the routes."""

    def __init__(
        self,
        routes: list[Route],
        parts: Any,
        settings: Settings,
        budgets: Budgets,
        find_caller: Find,
        note: Note,
    ) -> None:
        self._table = Table(routes)
        self._parts = parts
        self._answered = parts.answered
        self._settings = settings
        self._budgets = budgets
        self._find_caller = find_caller
        self._once = Once(parts, note)
        self._proxies = _networks(settings.trusted_proxies)
        self._run = secrets.token_hex(4)
        self._numbers = itertools.count(1)

    async def keep_forgetting(self) -> None:
        """Forget, for ever, what was kept for repeated calls and is too old."""
        await self._once.keep_forgetting()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one call."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        extra: list[Header] = [
            (b"x-request-id", f"req_{self._run}{next(self._numbers):x}".encode())
        ]
        if scope["method"] == "OPTIONS":
            await _send(send, 204, PREFLIGHT + extra, b"")
            return
        if b"authorization" in headers:
            # Any page may use a key it was given; without credentials there is no cookie to steal.
            extra.append(ANY_ORIGIN)
            if b"origin" in headers:
                extra.append(EXPOSED)
        address = self._address(scope, headers)
        operation = ""
        try:
            route, params = self._route(scope["method"], scope["path"])
            operation = route.name
            caller, spent = await self._admit(route, params, headers, address)
            extra += spent
            has_body = route.method != "GET" and not route.takes_file
            body = await self._read_body(route, headers, receive) if has_body else b""
            call = Call(caller, params, headers, scope["query_string"], body, address)
            if route.takes_file:
                answer = await self._take_file(route, call, receive)
            else:
                answer = await self._handle(route, call)
            if isinstance(answer, Replay):
                extra[-len(spent) :] = self._give_back(caller, route)
        except errors.PindownError as error:
            self._answered[operation, error.status] += 1
            self._show_budget(extra, address)
            await _refuse(send, error, extra)
        except Exception:
            path = _without_secret(scope["path"])
            log.exception("%s %s failed, request %s", scope["method"], path, extra[0][1])
            self._answered[operation, 500] += 1
            self._show_budget(extra, address)
            await _refuse(send, errors.InternalError(), extra)
        else:
            self._answered[operation, route.status] += 1
            del body, call, headers, params, caller, spent  # a stream stays open for days
            await _give(answer, route.status, extra, receive, send, scope)

    def _route(self, method: str, path: str) -> tuple[Route, tuple[str, ...]]:
        found = self._table.find("GET" if method == "HEAD" else method, path)
        if found is not None:
            return found
        if allowed := self._table.allowed(path):
            raise errors.MethodNotAllowed(
                f"{path} answers {', '.join(allowed)}, not {method}",
                headers={"Allow": ", ".join(allowed)},
            )
        raise errors.NotFound("Address")

    async def _admit(
        self, route: Route, params: tuple[str, ...], headers: dict[bytes, bytes], address: str
    ) -> tuple[Caller, list[Header]]:
        """Who asks, whether the key may, and what is left of its budget."""
        if route.find_caller is None:
            caller = await self._find_caller(headers, address)
        else:
            caller = await route.find_caller(self._parts, params)
        if caller is None:
            if route.access != "anyone":
                raise errors.Unauthorized
            caller = visitor(address)
        moment = now()
        if caller.kind == "session" and route.method not in SAFE_METHODS:
            require_own_origin(self._settings, headers)
        try:
            if self._budgets.is_together:
                spent = await self._budgets.spend_together(
                    caller.budget, caller.limits, route.cost, moment, tier=caller.tier,
                    upgrade_url=self._settings.address + "/settings",
                )  # fmt: skip
            else:
                spent = self._budgets.spend(
                    caller.budget, caller.limits, route.cost, moment, tier=caller.tier,
                    upgrade_url=self._settings.address + "/settings",
                )  # fmt: skip
        except errors.RateLimitExceeded as error:
            error.headers.update(
                (name.decode(), value.decode())
                for name, value in self._budgets.show(
                    caller.budget, caller.limits, route.cost, moment
                )
            )
            raise
        if route.scope is not None and not caller.holds(route.scope):
            raise _with_headers(errors.ScopeRequired(route.scope), spent)
        if route.access == "session" and caller.kind != "session":
            raise _with_headers(
                errors.Forbidden("Only somebody signed in can do this, not an API key"), spent
            )
        return caller, spent

    async def _handle(self, route: Route, call: Call) -> Any:
        """The handler's answer; asked again where the store gave its change up for another's sake.

        Changes take their locks in one order, but which names a change brings is only known for
        sure once the pin is locked: rarely two wait for each other. Nothing is left of the one that
        was given up, and the caller need not know.
        """
        is_named = route.is_write and (
            route.audit or b"idempotency-key" in call.headers or call.query_text
        )
        for tries_left in reversed(range(MOST_TRIES)):
            try:
                if is_named:
                    return await self._once.run(route, call)
                return await route.handler(call, self._parts)
            except errors.Entangled:
                if not tries_left:
                    raise
        return None

    async def _take_file(self, route: Route, call: Call, receive: Receive) -> Any:
        """The handler's answer to a file, which is on disk while it runs."""
        folder, limit = self._settings.file_folder, self._settings.file_limit
        upload = await receive_file(call.headers, receive, folder, limit)
        try:
            call.upload, call.body = upload, upload.said
            return await self._once.run(route, call)
        finally:
            upload.discard()

    def _give_back(self, caller: Caller, route: Route) -> list[Header]:
        """A repeated call has cost one token, whatever the first one cost."""
        surplus = max(0, route.cost - 1)
        return self._budgets.give_back(caller.budget, caller.limits, surplus, route.cost, now())

    async def _read_body(
        self, route: Route, headers: dict[bytes, bytes], receive: Receive
    ) -> bytes:
        limit = self._settings.body_limit
        length = headers.get(b"content-length")
        if length is not None and length.isdigit() and int(length) > limit:
            raise _too_large(limit)
        message = await receive()
        body: bytes = message.get("body", b"")
        if message.get("more_body"):
            body = await _read_rest(body, limit, receive)
        if len(body) > limit:
            raise _too_large(limit)
        if body:
            if route.body is None and route.takes is JSON_TYPES:
                _require_none(route, body)
            kind = headers.get(b"content-type")
            if kind is not None and kind not in route.takes:
                _require_kind(kind, route.takes)
            if b"content-encoding" in headers:
                _require_plain(headers[b"content-encoding"])
        return body

    def _address(self, scope: Any, headers: dict[bytes, bytes]) -> str:
        """Where the call came from: the last address that is not one of our proxies."""
        client = scope.get("client")
        address: str = client[0] if client else "unknown"
        if not self._proxies or not _is_in(address, self._proxies):
            return address
        for part in reversed(headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")):
            if not part.strip():
                continue
            address = part.strip()
            if not _is_in(address, self._proxies):
                break
        return address[:64]

    def _show_budget(self, extra: list[Header], address: str) -> None:
        """Every answer carries the budget's headers; before a caller is known, the address's."""
        if not any(name == b"x-ratelimit-token-cost" for name, _ in extra):
            nobody = visitor(address)
            extra += self._budgets.show(nobody.budget, nobody.limits, 0, now())


def _without_secret(path: str) -> str:
    """The path as it may stand in a log: who knows a push address can push, and so on."""
    for start in ("/v1/in/", "/v1/invitations/"):
        if path.startswith(start):
            return start + "…"
    return path


async def _give(
    answer: Any, status: int, extra: list[Header], receive: Receive, send: Send, scope: Any
) -> None:
    if isinstance(answer, Stream):
        await answer.run(extra, receive, send)
        return
    if isinstance(answer, Plain):
        kind = (b"content-type", answer.content_type)
        headers = [kind, *answer.headers, *extra]
        await _send(send, answer.status or status, headers, answer.body)
        return
    extra.append(JSON)
    if answer.headers:
        extra += answer.headers
    if answer.etag is not None:
        etag = answer.etag.encode()
        extra.append((b"etag", etag))
        if scope["method"] in SAFE_METHODS and _is_known(scope["headers"], etag):
            await _send(send, 304, extra, b"")
            return
    await _send(send, answer.status or status, extra, answer.encode())


def _is_known(headers: list[Header], etag: bytes) -> bool:
    for name, value in headers:
        if name == b"if-none-match":
            known = [part.strip().removeprefix(b"W/") for part in value.split(b",")]
            return etag in known or b"*" in known
    return False


async def _refuse(send: Send, error: errors.PindownError, extra: list[Header]) -> None:
    shown: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.details:
        shown["details"] = error.details
    body = msgspec.json.encode({"success": False, "error": shown})
    given = {name.lower().encode(): value.encode() for name, value in error.headers.items()}
    headers = [JSON, *given.items(), *(pair for pair in extra if pair[0] not in given)]
    await _send(send, error.status, headers, body)


async def _send(send: Send, status: int, headers: list[Header], body: bytes) -> None:
    if status not in (204, 304):
        headers.append((b"content-length", b"%d" % len(body)))
    if direct.answer(send, status, headers, body):
        return
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _read_rest(body: bytes, limit: int, receive: Receive) -> bytes:
    parts, size = [body], len(body)
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise errors.ValidationFailed("The body ended too early", reason="INVALID_JSON")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise _too_large(limit)
        if not message.get("more_body"):
            return b"".join(parts)


def _too_large(limit: int) -> errors.PayloadTooLarge:
    return errors.PayloadTooLarge(
        f"The body is larger than {limit} bytes", details={"limit": limit}
    )


def _require_kind(kind: bytes, takes: tuple[bytes, ...]) -> None:
    essence = kind.partition(b";")[0].strip().lower()
    if essence in takes:
        return
    given = essence.decode("latin-1")
    if takes is JSON_TYPES:
        raise errors.UnsupportedMediaType(
            f"Send JSON with the header 'Content-Type: application/json', not {given}"
        )
    known = ", ".join(name.decode() for name in takes)
    raise errors.UnsupportedMediaType(f"Send one of {known}, not {given}")


def _require_none(route: Route, body: bytes) -> None:
    """Whoever sends a field expects that it does something."""
    if body.strip() not in (b"", b"{}", b"null"):
        raise errors.ValidationFailed(f"{route.method} {route.path} takes no body: leave it out")


def _require_plain(encoding: bytes) -> None:
    if encoding.strip().lower() not in (b"", b"identity"):
        given = encoding.decode("latin-1")[:60]
        raise errors.UnsupportedMediaType(
            f"Send the body as it is, without Content-Encoding {given}"
        )


def _with_headers(error: errors.PindownError, headers: list[Header]) -> errors.PindownError:
    error.headers.update((name.decode(), value.decode()) for name, value in headers)
    return error


def _networks(text: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(part.strip(), strict=False) for part in text.split(",") if part]


def _is_in(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(place in network for network in networks)
