"""Removes bytes that belong to no file: what a broken upload or a crash left."""

import asyncio
import logging
from pathlib import Path

from ..errors import Unavailable
from ..storage import Database
from . import folder, store

log = logging.getLogger(__name__)

EVERY = 3600.0  # s
SLICE = 500  # ids that are asked about at once


async def keep_sweeping(database: Database, place: Path) -> None:
    """Look again and again, for ever."""
    while True:
        try:
            await sweep(database, place)
        except Unavailable:
            log.warning("files cannot be looked through while the store is away")
        except Exception:
            log.exception("files could not be looked through")
        await asyncio.sleep(EVERY)


async def sweep(database: Database, place: Path) -> None:
    """Look once. What is young may be on its way in, and stays."""
    old = await asyncio.to_thread(folder.list_old, place)
    for start in range(0, len(old), SLICE):
        ids = old[start : start + SLICE]
        async with database.reader() as reader:
            known = await store.list_known(reader, ids)
        for file_id in ids:
            if file_id not in known:
                await folder.remove(place, file_id)
