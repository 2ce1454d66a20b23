"""One connection as uvicorn keeps it, with an end to everything a client may send or leave unread.

uvicorn reads a head of any length for as long as it takes, queues whatever is sent ahead, and waits
for ever for a body to come or an answer to be taken. Proxies in front of a server bound all that;
here nobody has to have one.
"""

import asyncio
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 64 * 1024  # bytes of a request line and headers; browsers and proxies send 16 KiB
MOST_WAITING = 100  # requests sent ahead of their answers; browsers send none
HEAD_WITHIN = 20.0  # s from the first byte of a head, or from the beginning of a connection
BODY_GRACE = 30.0  # s in which a body may come as slowly as it likes
BODY_SPEED = 2_048  # bytes a second it has to come with after that
STUCK_AFTER = 120.0  # s in which a reader takes nothing of what waits for it
SLOW = 256 * 1024  # bytes from one look to the next: who takes less of what waits is slow
MOST_UNSENT = 256 * 1024 * 1024  # bytes that wait for slow readers: of more the largest are let go
LOOK = 5.0  # s between looks
SLICE = 500  # connections looked at in a row


class Connection(HttpToolsProtocol):
    """A connection that can be asked whether its client is still worth waiting for."""

    # Objects share the keys of up to thirty attributes, of which uvicorn has 28; a dictionary of its
    # own costs each idle viewer a kibibyte.
    __slots__ = ("_began", "_received", "_taken", "_unread", "_waiting", "unsent")

    # As uvicorn declares it too, narrower than asyncio does.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there and has to say something."""
        super().connection_made(transport)
        self._unread = 0  # bytes since a head was complete or a part of a body came
        self._began = self.loop.time()  # when the head or body that is awaited began
        self._received = 0  # bytes of the body
        self._waiting = 0  # bytes of answers that had not left at the last look
        self._taken = 0.0  # when some of them left last
        self.unsent = 0  # bytes that wait for a slow reader

    def data_received(self, data: bytes) -> None:
        """Take what a client sends; what cannot be an HTTP request ends the connection."""
        if self.timeout_keep_alive_task is not None:
            self._unset_keepalive_if_required()
            self._began = self.loop.time()
        self._unread += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            return  # to something we do not speak: it is answered as if nobody had asked
        except httptools.HttpParserError as error:
            reason = error.__context__
            self._refuse(reason.status if isinstance(reason, _Refused) else HTTPStatus.BAD_REQUEST)
            return
        if self._unread > LONGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """Answer a request whose head is there."""
        if self._unread > LONGEST_HEAD and self._head_size() > LONGEST_HEAD:
            raise _Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if len(self.pipeline) >= MOST_WAITING:
            raise _Refused(HTTPStatus.TOO_MANY_REQUESTS)
        self._unread = self._received = 0
        self._began = self.loop.time()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Hand on a part of a body."""
        self._unread = 0
        self._received += len(body)
        super().on_body(body)

    def is_hopeless(self, moment: float) -> bool:
        """Whether nothing more is to be expected of the client; asked every few seconds."""
        waiting = self.transport.get_write_buffer_size()
        if waiting == 0 or waiting < self._waiting or self._waiting == 0:
            self._taken = moment
        is_slow = waiting > SLOW and 0 < self._waiting < waiting + SLOW
        self.unsent = waiting if is_slow else 0
        self._waiting = waiting
        if waiting:
            return moment - self._taken > STUCK_AFTER
        # Until the first request there is no cycle, whatever uvicorn's types say.
        if self.cycle is None or self.cycle.response_complete:  # type: ignore[redundant-expr]
            is_idle = self.timeout_keep_alive_task is not None  # which uvicorn bounds
            return not is_idle and moment - self._began > HEAD_WITHIN
        if not self.cycle.more_body or self.flow.read_paused:
            return False  # it is we who take long
        return moment - self._began > BODY_GRACE + self._received / BODY_SPEED

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def _refuse(self, status: HTTPStatus) -> None:
        text = f"{status.phrase}\n".encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain\r\n"
            f"content-length: {len(text)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + text)
        self.transport.close()


class _Refused(Exception):
    """Ends the reading of a request from inside the parser."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


async def keep_ending(connections: Iterable[Any]) -> None:
    """End hopeless connections, for ever."""
    moment = asyncio.get_running_loop().time
    while True:
        await asyncio.sleep(LOOK)
        slow = list[Any]()
        for number, connection in enumerate(list(connections)):
            if connection.is_hopeless(moment()):
                connection.transport.abort()
            elif connection.unsent:
                slow.append(connection)
            if number % SLICE == SLICE - 1:
                await asyncio.sleep(0)
        _let_go(slow)


def _let_go(slow: list[Any]) -> None:
    """End those slow readers for whom the most waits, until the rest has room in memory."""
    unsent = sum(connection.unsent for connection in slow)
    for connection in sorted(slow, key=lambda one: one.unsent, reverse=True):
        if unsent <= MOST_UNSENT:
            return
        unsent -= connection.unsent
        connection.transport.abort()
