"""Clients that send without end, or nothing, or take nothing: their connection ends, and nobody waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from inside import PATIENCE, Inside
from pindown_server.door import connection
from pindown_server.door.connection import Connection, keep_ending
from scene import ask
from uvicorn.server import ServerState

HEAD = b"POST /v1/auth/sign-in HTTP/1.1\r\nHost: x\r\n"


class Watched(Connection):
    """A connection of which a test hears when it has ended."""

    ended: asyncio.Event

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.ended.set()


@asynccontextmanager
async def listening(inside: Inside) -> AsyncIterator[int]:
    """The server on a port, its connections as `pindown serve` keeps them."""
    config = uvicorn.Config(inside.app, http=Watched, ws="none", lifespan="off", log_level="error")
    config.load()
    state, loop = ServerState(), asyncio.get_running_loop()
    Watched.ended = asyncio.Event()
    server = await loop.create_server(lambda: Watched(config, state, {}, loop), "127.0.0.1", 0)
    ending = loop.create_task(keep_ending(state.connections))
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        ending.cancel()
        for left in list(state.connections):
            left.transport.abort()
        server.close()


async def answer_to(port: int, head: bytes, more: bytes = b"", times: int = 0) -> bytes:
    """Everything that comes back, until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with suppress(ConnectionError):
        writer.write(head)
        for _ in range(times):
            writer.write(more)
            await writer.drain()
    heard = b""
    with suppress(ConnectionError):
        async with asyncio.timeout(PATIENCE):
            while part := await reader.read(65_536):
                heard += part
    writer.close()
    return heard


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "more"),
    [
        (HEAD + b"X: ", b"a" * 65_536),
        (HEAD, b"X: a\r\n" * 10_000),
        (b"GET /", b"a" * 65_536),
        (CHUNKED + b"1;", b"a" * 65_536),
        (CHUNKED + b"0\r\nX: ", b"a" * 65_536),
        (CHUNKED + b"0\r\n", b"X: a\r\n" * 10_000),
        (b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 1_000),
    ],
    ids=["header", "headers", "path", "extension", "trailer", "trailers", "requests"],
)
async def test_what_has_no_end_is_ended(inside: Inside, head: bytes, more: bytes) -> None:
    async with listening(inside) as port:
        heard = await answer_to(port, head, more, times=200)
    # Whoever still sends may lose the answer with the connection.
    assert heard == b"" or heard.splitlines()[0].split()[1] in (b"431", b"429", b"400", b"200")
    assert heard.count(b"HTTP/1.1 200") <= 1_000


async def test_a_head_of_16_kib_and_a_body_of_a_mebibyte_pass(inside: Inside) -> None:
    body = b'{"email":"a@b.example","password":"' + b"x" * 1_000_000 + b'"}'
    head = HEAD + b"X: " + b"a" * 16_384 + b"\r\nConnection: close\r\n"
    async with listening(inside) as port:
        whole = await answer_to(port, head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        pieces = b"".join(b"1\r\n%c\r\n" % byte for byte in body[:100_000] + b'"}')
        split = await answer_to(
            port, head + b"Transfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n"
        )
    for heard in (whole, split):
        assert b"VALIDATION_FAILED" in heard


async def test_who_says_nothing_or_too_little_is_not_waited_for(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HEAD_WITHIN", 0.1), ("BODY_GRACE", 0.1), ("LOOK", 0.05)):
        monkeypatch.setattr(connection, name, value)
    started = HEAD + b"Content-Length: 9\r\n\r\n{"
    async with listening(inside) as port:
        heard = await asyncio.gather(*(answer_to(port, said) for said in (b"", HEAD, started)))
    assert heard == [b"", b"", b""]


@pytest.mark.parametrize(
    "bounds",
    [{"STUCK_AFTER": 0.1}, {"SLOW": 1, "MOST_UNSENT": 1}],
    ids=["for ever", "while much waits"],
)
async def test_who_takes_nothing_is_not_waited_for(
    inside: Inside, monkeypatch: pytest.MonkeyPatch, bounds: dict[str, float]
) -> None:
    for name, value in {**bounds, "LOOK": 0.05}.items():
        monkeypatch.setattr(connection, name, value)
    config = {"data": ["x" * 1_000] * 500}
    body = {"pin_type": "json-viewer", "title": "Large", "content": config, "is_public": True}
    made = await ask(inside, "POST", "/v1/pins", body)
    wanted = b"GET /v1/pins/%b HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\n\r\n"
    async with listening(inside) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(wanted % (made["id"].encode(), inside.cast["ada"].key.encode()) * 20)
        async with asyncio.timeout(PATIENCE):
            await Watched.ended.wait()
        writer.close()


async def test_a_slow_reader_is_waited_for_while_there_is_room(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SLOW", 0), ("MOST_UNSENT", 1 << 40), ("LOOK", 0.02)):
        monkeypatch.setattr(connection, name, value)
    config = {"data": ["x" * 1_000] * 500}
    body = {"pin_type": "json-viewer", "title": "Large", "content": config}
    made = await ask(inside, "POST", "/v1/pins", body)
    wanted = b"GET /v1/pins/%b HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\n\r\n"
    asked = wanted % (made["id"].encode(), inside.cast["ada"].key.encode()) * 20
    async with listening(inside) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(asked)
        heard = 0
        async with asyncio.timeout(PATIENCE):
            while heard < 20 * 3 * 500_000:  # an answer repeats a config three times
                part = await reader.read(65_536)
                assert part, "the connection has ended"
                heard += len(part)
        assert not Watched.ended.is_set()
        writer.close()
