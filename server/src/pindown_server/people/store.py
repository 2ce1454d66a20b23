"""Accounts, sessions and one-time links in the database."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import NotFound
from ..storage import Reader, Transaction
from .account import Account
from .session import Session

FIRST_ACCOUNT = "first account"  # purposes of one-time links
RESET = "password"

ACCOUNT = "SELECT id, email, name, tier, is_admin, created_at FROM users"
SESSION = "SELECT id, user_id, created_at, expires_at, address, agent FROM sessions"


class SessionOwner(NamedTuple):
    """What a call with a session's cookie needs to know."""

    session_id: str
    user_id: str
    expires_at: int
    tier: str
    is_admin: bool


class Link(NamedTuple):
    """A one-time link; the first account's has nobody yet."""

    user_id: str | None


async def find_session_owner(reader: Reader, named: str, now: int) -> SessionOwner | None:
    """Who is signed in with this session, by its digest or id."""
    row = await reader.find(
        """SELECT sessions.id, users.id, sessions.expires_at, users.tier, users.is_admin
        FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE (sessions.digest = :named OR sessions.id = :named) AND sessions.expires_at > :now""",
        {"named": named, "now": now},
    )
    return None if row is None else SessionOwner(row[0], row[1], row[2], row[3], bool(row[4]))


async def has_accounts(reader: Reader) -> bool:
    """Whether anybody can sign in here."""
    return await reader.find("SELECT 1 FROM users LIMIT 1", {}) is not None


async def get_account(reader: Reader, user_id: str) -> Account:
    """The account; raises NotFound."""
    row = await reader.find(f"{ACCOUNT} WHERE id = :id", {"id": user_id})
    if row is None:
        raise NotFound("User")
    return _account(row)


async def lock_account(tx: Transaction, user_id: str) -> None:
    """Wait for whoever else has this account locked, and keep it until the end."""
    await tx.find("SELECT id FROM users WHERE id = :id {lock}", {"id": user_id})


async def find_account(reader: Reader, email: str) -> Account | None:
    """The account with this e-mail."""
    row = await reader.find(f"{ACCOUNT} WHERE email = :email", {"email": email})
    return None if row is None else _account(row)


async def list_named(reader: Reader, user_ids: Sequence[str]) -> dict[str, Account]:
    """Those of the ids that are accounts."""
    if not user_ids:
        return {}
    rows = await reader.rows(f"{ACCOUNT} WHERE id IN (:ids*)", {"ids": user_ids})
    return {row[0]: _account(row) for row in rows}


async def find_password(reader: Reader, email: str) -> tuple[str, str | None] | None:
    """The id and the hashed password, if one was set, of the account with this e-mail."""
    row = await reader.find("SELECT id, password FROM users WHERE email = :email", {"email": email})
    return None if row is None else (row[0], row[1])


async def get_password(reader: Reader, user_id: str) -> str | None:
    """The hashed password of an account; None if none was set."""
    row = await reader.find("SELECT password FROM users WHERE id = :id", {"id": user_id})
    if row is None:
        raise NotFound("User")
    password: str | None = row[0]
    return password


async def list_accounts(reader: Reader, limit: int, offset: int) -> tuple[list[Account], int]:
    """Accounts, newest first, and how many there are."""
    rows = await reader.rows(
        f"{ACCOUNT} ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    total = await reader.find("SELECT count(*) FROM users", {})
    return [_account(row) for row in rows], total[0] if total else 0


async def all_accounts(reader: Reader) -> list[Account]:
    """Every account, newest first."""
    rows = await reader.rows(f"{ACCOUNT} ORDER BY created_at DESC, id DESC", {})
    return [_account(row) for row in rows]


async def add_account(tx: Transaction, account: Account, password: str | None) -> bool:
    """Store a new account; False if its e-mail is taken."""
    added = await tx.run(
        """INSERT INTO users (id, email, name, password, tier, is_admin, created_at, updated_at)
        VALUES (:id, :email, :name, :password, :tier, :is_admin, :created_at, :created_at)
        ON CONFLICT (email) DO NOTHING""",
        {**_values(account), "password": password},
    )
    return added == 1


async def save_account(tx: Transaction, account: Account, now: int) -> bool:
    """Store what is different about an account; False if its e-mail is taken."""
    # One statement would tell a taken e-mail only by each driver's own exception.
    taken = await tx.find(
        "SELECT 1 FROM users WHERE email = :email AND id <> :id",
        {"email": account.email, "id": account.id},
    )
    if taken is not None:
        return False
    await tx.run(
        """UPDATE users SET email = :email, name = :name, tier = :tier, is_admin = :is_admin,
            updated_at = :now WHERE id = :id""",
        {**_values(account), "now": now},
    )
    return True


async def save_password(tx: Transaction, user_id: str, password: str, now: int) -> None:
    """Store a new hashed password; one-time links for setting another no longer work."""
    await tx.run(
        "UPDATE users SET password = :password, updated_at = :now WHERE id = :id",
        {"id": user_id, "password": password, "now": now},
    )
    await tx.run("DELETE FROM links WHERE user_id = :id", {"id": user_id})


async def remove_account(tx: Transaction, user_id: str) -> None:
    """Take an account away, and with it all that is its own."""
    await tx.run("DELETE FROM users WHERE id = :id", {"id": user_id})


async def lock_admins(tx: Transaction) -> set[str]:
    """The ids of all admins, who stay so until the transaction ends."""
    rows = await tx.rows("SELECT id FROM users WHERE is_admin = 1 ORDER BY id {lock}", {})
    return {row[0] for row in rows}


async def add_session(tx: Transaction, session: Session, digest: str) -> None:
    """Store a new session."""
    await tx.run(
        """INSERT INTO sessions (id, digest, user_id, created_at, expires_at, address, agent)
        VALUES (:id, :digest, :user_id, :created_at, :expires_at, :address, :agent)""",
        {
            "id": session.id,
            "digest": digest,
            "user_id": session.user_id,
            "created_at": session.created_at,
            "expires_at": session.expires_at,
            "address": session.address,
            "agent": session.agent,
        },
    )


async def list_sessions(
    reader: Reader, user_id: str, now: int, limit: int, offset: int
) -> tuple[list[Session], int]:
    """Where an account is signed in, newest first, and in how many browsers in all."""
    theirs = "WHERE user_id = :id AND expires_at > :now"
    values = {"id": user_id, "now": now}
    count = await reader.find(f"SELECT count(*) FROM sessions {theirs}", values)
    rows = await reader.rows(
        f"{SESSION} {theirs} ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return [Session(*row) for row in rows], count[0] if count else 0


async def session_ids(reader: Reader, user_id: str) -> list[str]:
    """All sessions of an account, those that are over too."""
    rows = await reader.rows("SELECT id FROM sessions WHERE user_id = :id", {"id": user_id})
    return [row[0] for row in rows]


async def remove_sessions(tx: Transaction, user_id: str, session_ids: list[str]) -> int:
    """End sessions of an account; how many there were."""
    return await tx.run(
        "DELETE FROM sessions WHERE user_id = :user AND id IN (:ids*)",
        {"user": user_id, "ids": session_ids},
    )


async def prolong_sessions(tx: Transaction, session_ids: list[str], until: int) -> None:
    """Let sessions that are in use last longer."""
    await tx.run(
        "UPDATE sessions SET expires_at = :until WHERE id IN (:ids*)",
        {"until": until, "ids": session_ids},
    )


async def remove_expired(tx: Transaction, now: int) -> None:
    """Take away sessions and links that nobody can use any more."""
    await tx.run("DELETE FROM sessions WHERE expires_at <= :now", {"now": now})
    await tx.run("DELETE FROM links WHERE expires_at <= :now", {"now": now})


async def add_link(
    tx: Transaction, digest: str, purpose: str, user_id: str | None, expires_at: int
) -> None:
    """Store a one-time link."""
    await tx.run(
        """INSERT INTO links (digest, purpose, user_id, expires_at)
        VALUES (:digest, :purpose, :user_id, :expires_at)""",
        {"digest": digest, "purpose": purpose, "user_id": user_id, "expires_at": expires_at},
    )


async def find_link(reader: Reader, digest: str, purpose: str, now: int) -> Link | None:
    """A one-time link that still works."""
    row = await reader.find(
        "SELECT user_id FROM links"
        " WHERE digest = :digest AND purpose = :purpose AND expires_at > :now",
        {"digest": digest, "purpose": purpose, "now": now},
    )
    return None if row is None else Link(row[0])


async def remove_link(tx: Transaction, digest: str) -> bool:
    """Use up a link; False if somebody was faster."""
    return await tx.run("DELETE FROM links WHERE digest = :digest", {"digest": digest}) == 1


async def remove_first_links(tx: Transaction) -> bool:
    """Use up every code for the first account; False if somebody was faster."""
    removed = await tx.run("DELETE FROM links WHERE purpose = :purpose", {"purpose": FIRST_ACCOUNT})
    return removed > 0


def _account(row: tuple[Any, ...]) -> Account:
    return Account(row[0], row[1], row[2], row[3], bool(row[4]), row[5])


def _values(account: Account) -> dict[str, Any]:
    return {**account.as_json(), "is_admin": int(account.is_admin)}
