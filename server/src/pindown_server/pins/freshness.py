"""Telling viewers that a number has stopped being true, within a second of its deadline."""

import asyncio
import logging

from ..clock import now
from ..errors import Unavailable
from ..storage import Database
from . import actions, store

log = logging.getLogger(__name__)
LONGEST_WAIT = 0.5  # s; deadlines also move nearer while we wait


async def keep_telling(database: Database) -> None:
    """Tell of pins that become late, for ever.

    One indexed look each half second, whatever the number of pins; the deadlines live in the
    store, so a restart forgets none.
    """
    while True:
        try:
            await _tell(database)
        except Unavailable:
            log.warning("lateness cannot be told while the store is away")
        except Exception:
            log.exception("lateness could not be told")
        await asyncio.sleep(LONGEST_WAIT)


async def _tell(database: Database) -> None:
    async with database.reader() as reader:
        deadline = await store.find_next_deadline(reader)
    while deadline is not None and deadline <= now():
        async with database.transaction() as tx:
            if not await actions.announce_late(tx, now()):
                return
        async with database.reader() as reader:
            deadline = await store.find_next_deadline(reader)
