"""Who plays in the tests: Ada owns, Ben edits, Cleo views, Dan is a stranger; a visitor has no account."""

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


async def bring_in(database: Database, domain: str = "harbour.example") -> dict[str, Person]:
    """Make the accounts, each with a key of scope `*`; another domain for another cast."""
    cast = {}
    async with database.transaction() as tx:
        for name in NAMES:
            email = f"{name}@{domain}"
            account = await people.issue_account(
                tx, email, name.title(), None, "self-hosted", is_admin=False
            )
            made = await keys.issue_key(tx, account.id, keys.KeyChanges(name="test", scopes=("*",)))
            cast[name] = Person(name, account.id, email, made.secret, made.key.id)
    return cast
