"""Everything outside /v1: health, the web app's files, and its page with what it starts from."""

import hashlib
import logging
import re
import secrets
from html import escape
from typing import Any

import msgspec

from ..door.caller import visitor
from ..errors import PindownError
from ..parts import Parts
from ..sharing import shared
from .files import HEAD_MARK, STATE_MARK, File, built_app
from .metrics import Monitor
from .reference.pages import Reference

log = logging.getLogger(__name__)
LARGEST_STATE = 256 * 1024  # bytes inlined; larger boards are fetched
SHARED = re.compile(r"/share/(pin|pinboard|page)s?/([a-z0-9-]{1,40})(/embed)?")

Headers = list[tuple[bytes, bytes]]
TEXT = (b"content-type", b"text/plain; charset=utf-8")


class Site:
    """The pages a browser asks for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._app = built_app()
        self._monitor = Monitor(parts)
        self._reference = Reference(parts.routes, parts.settings.address, self._app.files)
        self._policy = (
            f"default-src 'self'; script-src 'self' {' '.join(self._app.script_hashes)};"
            " style-src 'self' 'unsafe-inline'; img-src 'self' https: data: blob:;"
            " frame-src https:; worker-src 'self'; object-src 'none'; base-uri 'none';"
            " form-action 'self'; frame-ancestors "
        )

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        """ASGI."""
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            told = b"Pages are only read; the API's addresses begin with /v1\n"
            await _send(send, 405, [(b"allow", b"GET, HEAD"), TEXT], told)
        elif path in ("/healthz", "/readyz"):
            await self._health(path, send)
        elif path == "/metrics":
            await self._metrics(dict(scope["headers"]), send)
        elif file := self._app.files.get(path):
            await _send_file(send, file, dict(scope["headers"]))
        elif path == "/docs" or path.startswith("/docs/"):
            await self._document(path, dict(scope["headers"]), send)
        elif path.startswith("/_app/"):
            await _send(send, 404, [TEXT], b"not here\n")
        else:
            await self._page(path, dict(scope["headers"]), scope, send)

    async def _health(self, path: str, send: Any) -> None:
        status, body = 200, b"ok\n"
        if path == "/readyz":
            try:
                async with self._parts.database.reader() as reader:
                    await reader.find("SELECT 1", {})
            except PindownError:
                status, body = 503, b"the store is away\n"
        await _send(send, status, [TEXT], body)

    async def _metrics(self, headers: dict[bytes, bytes], send: Any) -> None:
        token = self._parts.settings.metrics_token
        given = headers.get(b"authorization", b"").decode("latin-1").removeprefix("Bearer ")
        if not token:
            await _send(send, 404, [TEXT], b"not here\n")
        elif not secrets.compare_digest(given.encode(), token.encode()):
            wanted = (b"www-authenticate", b"Bearer")
            await _send(send, 401, [wanted], b"")
        else:
            kind, body = self._monitor.read()
            await _send(send, 200, [(b"content-type", kind), (b"cache-control", b"no-store")], body)

    async def _document(self, path: str, headers: dict[bytes, bytes], send: Any) -> None:
        page = self._reference.find(path)
        if page is None:
            missing = b"There is no such page of the reference: it begins at /docs\n"
            await _send(send, 404, [TEXT], missing)
            return
        sent: Headers = [
            (b"content-type", page.content_type),
            (b"content-security-policy", (self._policy + "'none'").encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-cache"),
            (b"vary", b"accept-encoding"),
        ]
        body = page.body
        if b"gzip" in headers.get(b"accept-encoding", b""):
            sent.append((b"content-encoding", b"gzip"))
            body = page.compressed
        await _send(send, 200, sent, body)

    async def _page(self, path: str, headers: dict[bytes, bytes], scope: Any, send: Any) -> None:
        match = SHARED.fullmatch(path)
        head, state = "<title>Pindown</title>", ""
        is_embed = bool(match and match[3])
        if match:
            address = (scope.get("client") or ("unknown",))[0]
            nobody = visitor(address)
            preview = await self._shared(match[1], match[2], nobody)
            caller = None if is_embed else await self._signed_in(headers, address)
            seen = preview if caller is None else await self._shared(match[1], match[2], caller)
            head = _head(preview, self._parts.settings.address + path)
            state = _state(seen)
        page = self._app.page.replace(HEAD_MARK, head).replace(STATE_MARK, state)
        policy = self._policy + ("*" if is_embed else "'none'")
        if self._parts.settings.outside == "off":
            policy = policy.replace(" https:", "")
        sent: Headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-security-policy", policy.encode()),
            (b"referrer-policy", b"same-origin"),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-store" if match else b"no-cache"),
        ]
        await _send(send, 200, sent, page.encode())

    async def _signed_in(self, headers: dict[bytes, bytes], address: str) -> Any:
        """Who is signed in; a key in a page's address bar does not exist."""
        headers.pop(b"authorization", None)
        return await self._parts.callers.find(headers, address)

    async def _shared(self, kind: str, thing_id: str, caller: Any) -> dict[str, Any] | None:
        try:
            return await shared.read(self._parts, kind, thing_id, caller)
        except PindownError:
            return None


def _head(preview: dict[str, Any] | None, address: str) -> str:
    """Title, description and preview card: only what a visitor may see."""
    if preview is None:
        return "<title>Pindown</title>"
    title = escape(str(preview["title"]), quote=True)
    text = escape(str(preview.get("description") or "A live view, pushed to Pindown."), quote=True)
    return (
        f"<title>{title}</title>"
        f'<meta name="description" content="{text}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{text}">'
        f'<meta property="og:url" content="{escape(address, quote=True)}">'
        '<meta property="og:type" content="website"><meta property="og:site_name" content="Pindown">'
        '<meta name="twitter:card" content="summary">'
    )


def _state(seen: dict[str, Any] | None) -> str:
    """What the page starts from, as data that cannot end its own element."""
    if seen is None:
        return ""
    text = msgspec.json.encode(seen).decode()
    if len(text) > LARGEST_STATE:
        return ""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/json" id="pindown-state">{text}</script>'


async def _send_file(send: Any, file: File, headers: dict[bytes, bytes]) -> None:
    accepted = headers.get(b"accept-encoding", b"").decode("latin-1")
    path, extra = file.path, []
    for name, compressed in file.compressed:
        if name in accepted:
            path = compressed
            extra = [(b"content-encoding", name.encode())]
            break
    body = path.read_bytes()
    etag = b'"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
    sent: Headers = [
        (b"content-type", file.content_type),
        (b"cache-control", file.cache_control),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"etag", etag),
        *extra,
    ]
    if headers.get(b"if-none-match") == etag:
        await _send(send, 304, sent, b"")
    else:
        await _send(send, 200, sent, body)


async def _send(send: Any, status: int, headers: Headers, body: bytes) -> None:
    if status != 304:
        headers = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
