"""Several nodes: announcements travel over Redis pub/sub.

Redis delivers at most once. A lost message is repaired by the sweep in `sharing/watch.py`, which
reads again what viewers watch: every second while the bus is away, every 30 s otherwise.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable

import msgspec
from redis import asyncio as aioredis
from redis.exceptions import RedisError

from ...changes import Change, Kind
from ...settings import SettingError

log = logging.getLogger(__name__)

CHANNEL = "pindown:changes"
AWAY = (RedisError, OSError, TimeoutError)
RETRY = 1.0  # s between tries to hear again


class Sent(msgspec.Struct, array_like=True, gc=False):
    """A change as it travels."""

    topic: str
    kind: Kind
    version: int
    pushed_at: int
    data: bytes
    frame: str


class Message(msgspec.Struct, array_like=True, gc=False):
    """Changes of one commit, and the node that made them."""

    node: str
    changes: list[Sent]


class RedisBus:
    """Delivers here at once and to the other nodes through Redis."""

    def __init__(self, url: str, deliver: Callable[[list[Change]], None]) -> None:
        self._redis = aioredis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
        self._deliver = deliver
        self._node = secrets.token_hex(8)
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue(10_000)  # bounded: the sweep repairs
        self._loops: list[asyncio.Task[None]] = []
        self.is_heard = False

    async def open(self) -> None:
        """Begin to hear and to send; raises SettingError if Redis does not answer."""
        try:
            await self._redis.ping()
        except AWAY as error:
            raise SettingError(f"PINDOWN_BUS does not answer: {error}.") from error
        loop = asyncio.get_running_loop()
        self._loops = [loop.create_task(self._hear()), loop.create_task(self._send())]

    def publish(self, changes: list[Change]) -> None:
        """Deliver here, and send to the other nodes when there is time; never raises."""
        self._deliver(changes)
        sent = [
            Sent(c.topic, c.kind, c.version, c.pushed_at, c.encoded(), c.frame) for c in changes
        ]
        try:
            self._outbox.put_nowait(_encode(Message(self._node, sent)))
        except asyncio.QueueFull:
            self.is_heard = False

    async def close(self) -> None:
        """Send nothing more and hear nothing more."""
        for task in self._loops:
            task.cancel()
        await self._redis.aclose()

    async def _send(self) -> None:
        while True:
            message = await self._outbox.get()
            try:
                await self._redis.publish(CHANNEL, message)
            except AWAY:
                if self.is_heard:
                    log.warning("the bus is away: other nodes see changes a little later")
                self.is_heard = False
                await asyncio.sleep(RETRY)

    async def _hear(self) -> None:
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(CHANNEL)
                    self.is_heard = True
                    await self._listen(channel)
            except AWAY:
                if self.is_heard:
                    log.warning("the bus is away: changes of other nodes come a little later")
            except Exception:
                log.exception("a message of another node could not be read")
            self.is_heard = False
            await asyncio.sleep(RETRY)

    async def _listen(self, channel: aioredis.client.PubSub) -> None:
        while True:
            heard = await channel.get_message(timeout=5)
            if heard is None:
                await channel.ping()
                continue
            if heard["type"] != "message":
                continue
            message = _decode(heard["data"])
            if message.node != self._node:
                self._deliver(
                    [
                        Change(s.topic, s.kind, s.version, s.pushed_at, s.data, s.frame)
                        for s in message.changes
                    ]
                )


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Message).decode
