"""What becomes of pins when a dataset changes that they draw from."""

from collections.abc import Collection

from ...changes import draw_again
from ...storage import Reader, Transaction
from . import store


async def raise_versions(tx: Transaction, owner_id: str, names: Collection[str]) -> None:
    """What these names of datasets mean is different: so is what every pin shows that uses one."""
    raised = await store.raise_versions(tx, owner_id, names)
    if raised:
        tx.announce(draw_again(raised))


async def list_users(reader: Reader, owner_id: str, names: Collection[str]) -> list[str]:
    """The ids of the pins that draw from these names, in their order."""
    return await store.list_users(reader, owner_id, names)
