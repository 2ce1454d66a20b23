"""Work that takes much memory and gives others their turns meanwhile: a few at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..errors import Unavailable

LIGHT = 128 * 1024  # bytes; a thousand calls with so much at the same time do no harm
AT_ONCE = 2  # one processor does them all; each may take ten times its bytes while it is at work
MOST_HELD = 256 * 1024 * 1024  # bytes of all that are at work or wait


class Turns:
    """Who is at work, and how much those hold who wait."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(AT_ONCE)
        self._held = 0

    @asynccontextmanager
    async def take(self, size: int) -> AsyncIterator[None]:
        """Do something with so many bytes when it is its turn; raises Unavailable if too much waits."""
        if size <= LIGHT:
            yield
            return
        if self._held and self._held + size > MOST_HELD:
            raise Unavailable("Too much is being drawn at the moment: try again in a few seconds")
        self._held += size
        try:
            async with self._free:
                yield
        finally:
            self._held -= size
