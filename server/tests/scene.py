"""What tests set up before something happens, and how they see that nothing did."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from inside import Inside, stat
from pindown_server.changes import Change
from pindown_server.keys import actions as keys
from pindown_server.storage.migrate import list_migrations

# What may change by itself: versions, kept answers, who does a node's work, when a key was used.
BESIDE = {"schema_versions", "retries", "leases", "api_keys"}
TABLES = sorted(
    {
        name
        for migration in list_migrations()
        for name in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", migration.sql)
    }
    - BESIDE
)
KEYS = "id, name, digest, scopes, resources, tier, expires_at"
LONG_AGO = 1_000


async def ask(
    inside: Inside, method: str, path: str, body: Any = None, who: str | None = "ada"
) -> Any:
    """The data of a call that has to succeed."""
    answer = await inside.call(method, path, body, who)
    assert answer.status in (200, 201), (method, path, answer.body)
    return answer.data


async def make_pin(inside: Inside, who: str = "ada", value: object = 1, **flags: Any) -> str:
    """A pin, and its id."""
    made = await ask(inside, "POST", "/v1/pins", {**stat(value), **flags}, who)
    pin_id: str = made["id"]
    return pin_id


async def make_board(inside: Inside, who: str = "ada", **fields: Any) -> str:
    """A pinboard, and its id."""
    made = await ask(inside, "POST", "/v1/pinboards", {"title": "Harbour", **fields}, who)
    board_id: str = made["id"]
    return board_id


async def place(
    inside: Inside, board_id: str, pin_id: str, who: str = "ada", **position: int
) -> Any:
    """Place a pin; the answer's data."""
    body = {"pin_id": pin_id, "position": position} if position else {"pin_id": pin_id}
    return await ask(inside, "POST", f"/v1/pinboards/{board_id}/pins", body, who)


async def make_page(inside: Inside, who: str = "ada", **fields: Any) -> str:
    """A page, and its id."""
    made = await ask(inside, "POST", "/v1/pages", {"title": "Log book", **fields}, who)
    page_id: str = made["id"]
    return page_id


async def add_to_page(inside: Inside, page_id: str, pin_id: str, who: str = "ada") -> Any:
    """Add a pin to a page; the answer's data."""
    return await ask(inside, "POST", f"/v1/pages/{page_id}/pins", {"pin_id": pin_id}, who)


async def get_page(inside: Inside, page_id: str, who: str | None = "ada") -> Any:
    """The page as somebody sees it."""
    return await ask(inside, "GET", f"/v1/pages/{page_id}", who=who)


async def give_role(
    inside: Inside, kind: str, thing_id: str, name: str, role: str, who: str = "ada"
) -> None:
    """Share `pins`, `pinboards` or `pages` with one of the cast."""
    body = {"email": inside.cast[name].email, "role": role}
    await ask(inside, "POST", f"/v1/{kind}/{thing_id}/collaborators", body, who)


async def get_board(inside: Inside, board_id: str, who: str | None = "ada") -> Any:
    """The pinboard as somebody sees it."""
    return await ask(inside, "GET", f"/v1/pinboards/{board_id}", who=who)


async def bring_key(
    inside: Inside, owner: str, *scopes: str, resources: list[str] | None = None
) -> str:
    """A narrower key of one of the cast, under a name with which to call."""
    person = inside.cast[owner]
    narrowed = None if resources is None else tuple(resources)
    async with inside.app.parts.database.transaction() as tx:
        wanted = keys.KeyChanges(name="narrow", scopes=scopes, resources=narrowed)
        made = await keys.issue_key(tx, person.user_id, wanted)
    name = f"{owner} with {made.key.id}"
    inside.cast[name] = replace(person, key=made.secret, key_id=made.key.id)
    return name


@asynccontextmanager
async def nothing_happens(inside: Inside) -> AsyncIterator[None]:
    """Nothing is stored and nothing announced meanwhile."""
    database = inside.app.parts.database
    announced: list[Change] = []
    publish = database.publish
    database.publish = lambda changes: (announced.extend(changes), publish(changes))[1]
    before = await _stored(inside)
    try:
        yield
    finally:
        database.publish = publish
    assert await _stored(inside) == before
    assert announced == []


async def _stored(inside: Inside) -> list[Any]:
    looks = [f"SELECT * FROM {table}" for table in TABLES] + [f"SELECT {KEYS} FROM api_keys"]
    async with inside.app.parts.database.reader() as reader:
        return [sorted(map(repr, map(tuple, await reader.rows(look, {})))) for look in looks]
