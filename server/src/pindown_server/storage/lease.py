"""What one node at a time may do: a name in the store, held until a point in time."""

from .database import Transaction


async def take_lease(tx: Transaction, name: str, holder: str, now: int, until: int) -> bool:
    """Hold the name, or hold it longer; False while another holder's time has not passed."""
    held = await tx.run(
        """INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until)
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.holder = excluded.holder OR leases.until <= :now""",
        {"name": name, "holder": holder, "now": now, "until": until},
    )
    return held == 1


async def drop_lease(tx: Transaction, name: str, holder: str) -> None:
    """Let the next one have it."""
    await tx.run(
        "DELETE FROM leases WHERE name = :name AND holder = :holder",
        {"name": name, "holder": holder},
    )
