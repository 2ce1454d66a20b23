"""The straight way to a connection, held against uvicorn's own."""

import asyncio
import inspect
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
import uvicorn
import uvloop
from inside import PATIENCE
from pindown_server.live import direct
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[int]:
    """An app of its own behind uvicorn; the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http="httptools", lifespan="off", log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await running


def test_uvicorn_writes_as_we_do_past_it() -> None:
    """`live/direct.py` writes under uvicorn's own conditions: these are they."""
    source = inspect.getsource(RequestResponseCycle.send)
    assert "if self.flow.write_paused and not self.disconnected:" in source
    assert "elif not self.response_complete:" in source
    assert 'content = [b"%x\\r\\n" % len(body), body, b"\\r\\n"]' in source
    assert "self.transport.write(" in source
    # A whole answer: what is written, and what is true afterwards.
    assert "content = [STATUS_LINE[status_code]]" in source
    assert "headers = self.default_headers + list(message.get(" in source
    assert 'content.extend([name, b": ", value, b"\\r\\n"])' in source
    end = "self.response_complete = True\n                self.message_event.set()"
    assert end in source
    assert "self.on_response()" in source


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run])
def test_what_is_written_to_a_connection_that_just_closed_hurts_nobody(run: Any) -> None:
    async def play() -> bool:
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        async def app(_scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"first", "more_body": True})
            flow, transport = direct.connection_of(send)
            assert flow is not None
            assert direct.write(flow, transport, b"6\r\nsecond\r\n")
            while (await receive())["type"] != "http.disconnect":
                pass
            try:
                written.set_result(direct.write(flow, transport, b"5\r\nthird\r\n"))
            except RuntimeError as error:
                written.set_exception(error)

        async with serving(app) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await reader.readuntil(b"second\r\n")
            writer.close()
            await writer.wait_closed()
            return await written

    assert run(play()) is True


async def test_a_header_with_a_line_of_its_own_is_left_to_uvicorn_which_refuses_it() -> None:
    answered: list[bool] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        bad = [(b"content-length", b"2"), (b"x-bad", b"a\r\nx-evil: b")]
        answered.append(direct.answer(send, 200, bad, b"ok"))
        good = [(b"content-length", b"2"), (b"x-good", b"a")]
        answered.append(direct.answer(send, 200, good, b"ok"))

    async with serving(app) as port, httpx2.AsyncClient(timeout=PATIENCE) as client:
        for _ in range(2):  # the connection is used again
            got = await client.get(f"http://127.0.0.1:{port}/")
            assert (got.status_code, got.text, got.headers["x-good"]) == (200, "ok", "a")
            assert "x-evil" not in got.headers
    assert answered == [False, True] * 2
