"""Taking away for good what has lain in the bin for 30 days."""

import asyncio
import logging

from .. import ids
from ..clock import MINUTE, now
from ..errors import Unavailable
from ..storage import Database, drop_lease, take_lease
from . import actions, store
from .binned import KEPT

log = logging.getLogger(__name__)
EVERY = 60.0  # s
HELD = 5 * MINUTE  # a node that stopped leaves the work to another after this


async def keep_sweeping(database: Database) -> None:
    """Sweep now and then, on one node at a time, for ever."""
    holder = ids.new_id("node_")
    while True:
        try:
            await sweep(database, holder, now() - KEPT)
        except Unavailable:
            log.warning("the bin cannot be swept while the store is away")
        except Exception:
            log.exception("the bin could not be swept")
        await asyncio.sleep(EVERY)


async def sweep(database: Database, holder: str, before: int) -> int:
    """Take away everything that was deleted before this time; how much that was.

    In slices, each with a transaction of its own, so that others are not kept waiting.
    """
    swept = 0
    async with database.reader() as reader:
        if await store.find_oldest(reader, before) is None:
            return 0  # most times: nothing is written
    while True:
        async with database.transaction() as tx:
            moment = now()
            if not await take_lease(tx, "bin", holder, moment, moment + HELD):
                return swept
            done = await actions.sweep(tx, before)
            if not done:
                await drop_lease(tx, "bin", holder)
        if not done:
            return swept
        swept += done
