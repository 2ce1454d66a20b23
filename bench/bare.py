"""The measure of a push: a bare ASGI function that decodes the JSON and says 200, nothing else.

It runs on uvicorn exactly as the server does (`pindown_server/serving.py`): what the server is
slower than this is what it does itself.
"""

import sys
from typing import Any

import msgspec
import uvicorn
import uvloop

ANSWER = b'{"success":true}'
HEADERS = [
    (b"content-type", b"application/json"),
    (b"content-length", str(len(ANSWER)).encode()),
]


async def app(_scope: Any, receive: Any, send: Any) -> None:
    """Decode and answer."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if body:
        msgspec.json.decode(body)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": ANSWER})


def serve(port: int) -> None:
    """Run until told to end."""
    config = uvicorn.Config(
        app,
        port=port,
        http="httptools",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=2048,
        timeout_keep_alive=75,
        lifespan="off",
    )
    uvloop.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    serve(int(sys.argv[1]))
