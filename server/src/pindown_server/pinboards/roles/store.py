"""The SQL of a pinboard's own roles."""

from collections.abc import Sequence

from ...storage import Reader, Transaction
from .role import Role

FIELDS = Role.__struct_fields__
COLUMNS = ", ".join(FIELDS)


async def list_roles(reader: Reader, board_id: str) -> list[Role]:
    """The roles of a pinboard, oldest first."""
    rows = await reader.rows(
        f"SELECT {COLUMNS} FROM roles WHERE pinboard_id = :board ORDER BY created_at, id",
        {"board": board_id},
    )
    return [Role(*row) for row in rows]


async def list_members(reader: Reader, board_id: str) -> list[tuple[str, str]]:
    """`(role, user)` of everybody who holds a role of this pinboard."""
    rows = await reader.rows(
        "SELECT m.role_id, m.user_id FROM role_members m JOIN roles o ON o.id = m.role_id"
        " WHERE o.pinboard_id = :board ORDER BY m.user_id",
        {"board": board_id},
    )
    return [(row[0], row[1]) for row in rows]


async def list_asked(reader: Reader, board_id: str) -> list[tuple[str, str]]:
    """`(role, pin)` of every pin on this pinboard that asks for a role."""
    rows = await reader.rows(
        "SELECT role_id, pin_id FROM asked_roles WHERE pinboard_id = :board ORDER BY pin_id",
        {"board": board_id},
    )
    return [(row[0], row[1]) for row in rows]


async def list_people(reader: Reader, board_id: str, user_ids: Sequence[str]) -> set[str]:
    """Those of the accounts that a pinboard is shared with."""
    rows = await reader.rows(
        "SELECT g.user_id FROM grants g WHERE g.thing_id = :board AND g.user_id IN (:users*)",
        {"board": board_id, "users": user_ids},
    )
    return {row[0] for row in rows}


async def is_placed(reader: Reader, board_id: str, pin_id: str) -> bool:
    """Whether the pin lies on the pinboard."""
    row = await reader.find(
        "SELECT 1 FROM placements WHERE pinboard_id = :board AND pin_id = :pin",
        {"board": board_id, "pin": pin_id},
    )
    return row is not None


async def add_role(tx: Transaction, role: Role) -> None:
    """Store a new role."""
    await tx.run(
        f"INSERT INTO roles ({COLUMNS}) VALUES ({', '.join(':' + field for field in FIELDS)})",
        {field: getattr(role, field) for field in FIELDS},
    )


async def save_role(tx: Transaction, role: Role) -> None:
    """Store a role's next state."""
    await tx.run(
        "UPDATE roles SET name = :name, color = :color, permissions = :permissions WHERE id = :id",
        {"id": role.id, "name": role.name, "color": role.color, "permissions": role.permissions},
    )


async def remove_role(tx: Transaction, role_id: str) -> None:
    """Take a role away."""
    await tx.run("DELETE FROM roles WHERE id = :id", {"id": role_id})


async def save_members(tx: Transaction, role_id: str, user_ids: Sequence[str]) -> None:
    """Have these hold a role and nobody else."""
    await tx.run("DELETE FROM role_members WHERE role_id = :role", {"role": role_id})
    if user_ids:
        await tx.run_many(
            "INSERT INTO role_members (role_id, user_id) VALUES (:role, :user)",
            [{"role": role_id, "user": user_id} for user_id in user_ids],
        )


async def remove_member(tx: Transaction, board_id: str, user_id: str) -> None:
    """Take every role of a pinboard from somebody."""
    await tx.run(
        "DELETE FROM role_members WHERE user_id = :user"
        " AND role_id IN (SELECT o.id FROM roles o WHERE o.pinboard_id = :board)",
        {"user": user_id, "board": board_id},
    )


async def save_asked(tx: Transaction, board_id: str, pin_id: str, role_ids: Sequence[str]) -> None:
    """Have a pin ask for these roles on a pinboard and for no others."""
    await tx.run(
        "DELETE FROM asked_roles WHERE pinboard_id = :board AND pin_id = :pin",
        {"board": board_id, "pin": pin_id},
    )
    if role_ids:
        await tx.run_many(
            "INSERT INTO asked_roles (pinboard_id, pin_id, role_id) VALUES (:board, :pin, :role)",
            [{"board": board_id, "pin": pin_id, "role": role_id} for role_id in role_ids],
        )
