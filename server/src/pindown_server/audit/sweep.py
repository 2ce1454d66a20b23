"""Forgetting what is in the audit log for longer than it is kept."""

import asyncio
import logging

from ..clock import now
from ..errors import Unavailable
from ..storage import Database
from . import store
from .entry import KEPT_FOR

log = logging.getLogger(__name__)
EVERY = 3600.0  # s
SLICE = 500  # entries forgotten in one transaction: some 2 ms, in which nobody else can write


async def keep_sweeping(database: Database) -> None:
    """Sweep now and then, for ever."""
    while True:
        try:
            await sweep(database, now() - KEPT_FOR)
        except Unavailable:
            log.warning("the audit log cannot be swept while the store is away")
        except Exception:
            log.exception("the audit log could not be swept")
        await asyncio.sleep(EVERY)


async def sweep(database: Database, until: int) -> None:
    """Forget everything up to that moment, in slices."""
    swept = SLICE
    while swept == SLICE:
        async with database.transaction() as tx:
            swept = await store.remove_old(tx, until, SLICE)
