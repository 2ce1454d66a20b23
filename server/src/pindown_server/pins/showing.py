"""Which uploaded files a pin shows to everybody who sees it.

A file on a pin is open to the pin's audience. So it counts only if whoever wrote it there could
read it, and only where it is new: what stood there before stays what it was, counting or not, since
a client that sends a whole config back has not chosen every word in it.
"""

from collections.abc import Sequence

from ..door.caller import Caller
from ..errors import NotFound
from ..files import store as files
from ..files.actions import get_file
from ..files.file import mentioned
from ..storage import Reader, Transaction
from . import store
from .pin import Pin

NOTHING = (None, None)  # the config and blocks of a pin before it was made
MOST_FILES = 200  # of a pin; the rest is not shown to others


async def count_files(
    tx: Transaction, caller: Caller, pin: Pin, said: tuple[str | None, str | None]
) -> None:
    """Note which files a pin shows now; `said` are its config and blocks of before."""
    before, after = mentioned(*said), mentioned(pin.config, pin.blocks)
    if before == after:
        return
    if gone := before - after:
        await files.remove_references(tx, pin.id, gone)
    new = sorted(after - before)[: MOST_FILES - len(before & after)]
    if new:
        readable = await _readable(tx, caller, new)
        await files.add_references(tx, pin.id, readable)


async def sees_any_pin(reader: Reader, pin_ids: Sequence[str], caller: Caller) -> bool:
    """Whether one of the pins exists for the caller."""
    return bool(await store.seen_heads(reader, pin_ids, caller))


async def _readable(reader: Reader, caller: Caller, file_ids: list[str]) -> set[str]:
    """Those of the files that the caller may read."""
    own = caller.user_id if caller.resources is None else ""
    readable = await files.list_own(reader, file_ids, own)
    for file_id in file_ids:
        if file_id not in readable and await _may_read(reader, caller, file_id):
            readable.add(file_id)
    return readable


async def _may_read(reader: Reader, caller: Caller, file_id: str) -> bool:
    try:
        await get_file(reader, caller, file_id, sees_any_pin)
    except NotFound:
        return False
    return True
