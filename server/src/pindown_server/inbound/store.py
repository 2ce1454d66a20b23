"""The SQL of pushed pins, inboxes and push addresses."""

from ..storage import Reader, Transaction
from .address import PushAddress

FIELDS = PushAddress.__struct_fields__
COLUMNS = ", ".join(FIELDS)
ADD = f"INSERT INTO push_addresses ({COLUMNS}) VALUES ({', '.join(':' + f for f in FIELDS)})"


async def find_pushed(reader: Reader, owner_id: str, name: str) -> str | None:
    """The pin that its owner pushes to under this name."""
    row = await reader.find(
        "SELECT pin_id FROM pushed_pins WHERE owner_id = :owner AND name = :name",
        {"owner": owner_id, "name": name},
    )
    return row[0] if row else None


async def save_pushed(tx: Transaction, owner_id: str, name: str, pin_id: str) -> None:
    """Give the name to this pin, whatever had it before."""
    await tx.run(
        "INSERT INTO pushed_pins (owner_id, name, pin_id) VALUES (:owner, :name, :pin)"
        " ON CONFLICT (owner_id, name) DO UPDATE SET pin_id = excluded.pin_id",
        {"owner": owner_id, "name": name, "pin": pin_id},
    )


async def find_inbox(reader: Reader, owner_id: str) -> str | None:
    """The pinboard on which the owner's pushed pins are placed."""
    row = await reader.find(
        "SELECT pinboard_id FROM inboxes WHERE owner_id = :owner", {"owner": owner_id}
    )
    return row[0] if row else None


async def save_inbox(tx: Transaction, owner_id: str, board_id: str) -> None:
    """Make this pinboard the owner's inbox."""
    await tx.run(
        "INSERT INTO inboxes (owner_id, pinboard_id) VALUES (:owner, :board)"
        " ON CONFLICT (owner_id) DO UPDATE SET pinboard_id = excluded.pinboard_id",
        {"owner": owner_id, "board": board_id},
    )


async def add_address(tx: Transaction, address: PushAddress) -> None:
    """Store a new push address."""
    await tx.run(ADD, {field: getattr(address, field) for field in FIELDS})


async def find_address(reader: Reader, digest: str) -> PushAddress | None:
    """The push address with this secret."""
    row = await reader.find(
        f"SELECT {COLUMNS} FROM push_addresses WHERE digest = :digest", {"digest": digest}
    )
    return PushAddress(*row) if row else None


async def list_addresses(reader: Reader, pin_id: str) -> list[PushAddress]:
    """The pin's push addresses, newest first."""
    rows = await reader.rows(
        f"SELECT {COLUMNS} FROM push_addresses WHERE pin_id = :pin"
        " ORDER BY created_at DESC, id DESC",
        {"pin": pin_id},
    )
    return [PushAddress(*row) for row in rows]


async def remove_address(tx: Transaction, pin_id: str, address_id: str) -> bool:
    """Take a push address away; whether there was one."""
    rows = await tx.rows(
        "DELETE FROM push_addresses WHERE id = :id AND pin_id = :pin RETURNING id",
        {"id": address_id, "pin": pin_id},
    )
    return bool(rows)


async def save_use(tx: Transaction, address_id: str, moment: int) -> None:
    """Note when the address was used last."""
    await tx.run(
        "UPDATE push_addresses SET last_used_at = :at WHERE id = :id",
        {"id": address_id, "at": moment},
    )
