"""Making the calls of the walk, in order, on a server that is still empty."""

import re
from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from ..app import App
from ..door.route import Route
from ..people import actions as people
from .step import Step

BOUNDARY = "harbour"
_NAME = re.compile(r"{(\w+)}")


class Walked(NamedTuple):
    """A step that was made: where it led, and what was answered."""

    step: Step
    route: Route
    path: str
    params: dict[str, str]
    body: Any
    status: int
    headers: dict[str, str]
    answer: bytes


class WentWrong(Exception):
    """A step was refused; the message says which, and what was answered."""


async def walk(app: App, steps: Sequence[Step]) -> AsyncIterator[Walked]:
    """Make each step; raises WentWrong at the first that is refused."""
    async with app.parts.database.transaction() as tx:
        code = await people.create_first_code(tx)
    kept = {"code": code or ""}
    cookies: dict[str | None, str] = {}
    routes = {route.name: route for route in app.parts.routes}
    for step in steps:
        route = routes[step.operation]
        params = {
            name: filled(step.params.get(name, "{" + name + "}"), kept)
            for name in _NAME.findall(route.path)
        }
        path = route.path.format(**params)
        body = filled(step.body, kept)
        query = urlencode(filled(dict(step.query), kept))
        headers = {"host": app.parts.settings.address.partition("//")[2]}
        headers |= _proof(app, step, route, kept, cookies)
        content, headers["content-type"] = _content(step, body)
        status, answered, answer = await _call(app, route.method, path, query, headers, content)
        if status >= 400:
            raise WentWrong(f"{route.method} {path} answered {status}: {answer.decode()[:500]}")
        if "set-cookie" in answered:
            cookies[step.who] = answered["set-cookie"].partition(";")[0]
        _keep(step, answer, kept)
        shown = path + ("?" + query if query else "")
        yield Walked(step, route, shown, params, body, status, answered, answer)


def _proof(
    app: App, step: Step, route: Route, kept: dict[str, str], cookies: dict[str | None, str]
) -> dict[str, str]:
    """How the caller says who they are: Ada by key where she can, Ben as somebody signed in."""
    if step.who == "ada" and "ada_key" in kept and route.access != "session":
        is_signing = route.segments[1] == "auth"
        if not is_signing:
            return {"authorization": "Bearer " + kept["ada_key"]}
    known = {"origin": app.parts.settings.address}
    return known | ({"cookie": cookies[step.who]} if step.who in cookies else {})


def _content(step: Step, body: Any) -> tuple[bytes, str]:
    if step.raw is None:
        return b"" if body is None else msgspec.json.encode(body), "application/json"
    kind, content = step.raw
    if not kind.startswith("multipart/"):
        return content, kind
    head = 'Content-Disposition: form-data; name="file"; filename="latte.png"'
    part = f"--{BOUNDARY}\r\n{head}\r\nContent-Type: image/png\r\n\r\n".encode()
    return part + content + f"\r\n--{BOUNDARY}--\r\n".encode(), f"{kind}; boundary={BOUNDARY}"


def filled(value: Any, kept: dict[str, str]) -> Any:
    """The value with what was kept in place of its names."""
    if isinstance(value, str):
        return _NAME.sub(lambda found: kept.get(found[1], found[0]), value)
    if isinstance(value, dict):
        return {filled(name, kept): filled(item, kept) for name, item in value.items()}
    return [filled(item, kept) for item in value] if isinstance(value, list) else value


def _keep(step: Step, answer: bytes, kept: dict[str, str]) -> None:
    for name, path in step.keep.items():
        value = msgspec.json.decode(answer)["data"]
        for part in path.split("/"):
            value = value[int(part)] if isinstance(value, list) else value[part]
        kept[name] = str(value)
    if "reset_url" in step.keep:
        kept["token"] = kept["reset_url"].partition("token=")[2]
    if "invite_url" in step.keep:
        kept["invitation"] = kept["invite_url"].partition("token=")[2]
    if "url" in step.keep:
        kept["secret"] = kept["url"].rpartition("/")[2]


async def _call(
    app: App, method: str, path: str, query: str, headers: dict[str, str], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    """A call through the front door. Of a stream, what it says first."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 5000),
    }
    sent: list[Any] = []
    given = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    names = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], names, b"".join(part.get("body", b"") for part in sent[1:])
