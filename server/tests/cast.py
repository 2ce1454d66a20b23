"""Who plays in the tests: Ada owns, Ben edits, Cleo views, Dan is a stranger; a visitor has no account."""

import secrets
from dataclasses import dataclass

from pindown_server.keys import actions as keys
from pindown_server.people import actions as people
from pindown_server.storage import Database

NAMES = ("ada", "ben", "cleo", "dan")


@dataclass(frozen=True)
class Person:
    """An account and a key that may do everything it may."""

    name: str
    user_id: str
    email: str
    key: str
    key_id: str


async def bring_in(database: Database) -> dict[str, Person]:
    """Make the accounts, each with a key of scope `*`."""
    cast = {}
    for name in NAMES:
        email = f"{name}.{secrets.token_hex(4)}@harbour.example"  # a database may be used again
        async with database.transaction() as tx:
            account = await people.issue_account(
                tx, email, name.title(), None, "self-hosted", is_admin=False
            )
            made = await keys.issue_key(
                tx, account.id, keys.KeyChanges(name="test", scopes=("*",))
            )
        cast[name] = Person(name, account.id, email, made.secret, made.key.id)
    return cast
