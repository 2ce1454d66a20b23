"""Everything outside /v1: health, the web app, share pages."""

from typing import Any

from ..parts import Parts


class Site:
    """The pages a browser asks for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        path = scope["path"]
        if path in ("/healthz", "/readyz"):
            await _answer(send, 200, b"text/plain", b"ok\n")
        else:
            await _answer(send, 404, b"text/plain", b"nothing here\n")


async def _answer(send: Any, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
