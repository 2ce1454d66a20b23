"""No statement of everyday use looks through a table that grows with other people's data.

A server with a crowd in its store is used through its front door; each statement that this takes
is then explained by the database itself.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from crowd import LOADED, Crowd, bring_crowd
from inside import Inside, running, stat
from noting import Noting
from pindown_server.bin.sweep import sweep
from pindown_server.clock import DAY, now
from pindown_server.datasets.store import SHELF as DATASETS
from pindown_server.pinboards.past import SHELF as PINBOARDS
from pindown_server.pins.past import SHELF as PINS
from pindown_server.retention import read_rules
from pindown_server.settings import Settings
from pindown_server.storage.thinning import thin_shelf
from scene import ask, give_role, make_board, make_pin, place

CROWD = Crowd(users=2_000, pins=20_000, revisions=3, boards=2_000, on_board=5, shared=3)

# What a plan may look through from end to end: what the statement made itself.
OWN = re.compile(
    r"SCAN (search|moments|watched|w|things|ends|shown|late|found|sized|CONSTANT|\(subquery|\d)"
)

# What else is looked through, and why that is right.
WHOLE = {
    "SELECT min(late_at) FROM pins": "the first entry of its index",
    "SELECT 1 FROM users LIMIT 1": "one row is enough",
    "DELETE FROM links WHERE purpose = :purpose": "once, with the first account",
    "FROM audit WHERE 1 = 1": "an admin sees everybody's, in the order of an index, page by page",
}


@pytest.fixture
async def crowded(tmp_path: Path, database_url: str) -> AsyncIterator[tuple[Inside, Noting]]:
    """A server on a store with a crowd in it."""
    noting: list[Noting] = []

    def seen_through(database: Any) -> Noting:
        noting.append(Noting(database))
        return noting[0]

    async with running(tmp_path, database_url, seen_through=seen_through) as inside:
        await bring_crowd(noting[0].inner, CROWD)
        yield inside, noting[0]


async def use_everything(inside: Inside) -> None:
    """What people and their programs do all day."""
    pin_id, board_id = await make_pin(inside, expect_every=60), await make_board(inside)
    await place(inside, board_id, pin_id)
    for value in (2, 3):
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": stat(value)["content"]})
    body = {"content": stat(0)["content"], "observed_at": now() - DAY}
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", body)
    for kind, thing_id in (("pins", pin_id), ("pinboards", board_id)):
        await give_role(inside, kind, thing_id, "ben", "viewer")
        await ask(inside, "GET", f"/v1/{kind}/{thing_id}/collaborators")
        await ask(inside, "GET", f"/v1/{kind}/{thing_id}/revisions")
        await ask(inside, "GET", f"/v1/{kind}/{thing_id}?as_of={now()}")
        await ask(inside, "POST", f"/v1/{kind}/{thing_id}/share", {"is_public": True})
        await ask(inside, "POST", f"/v1/{kind}/{thing_id}/duplicate")
    await read_everything(inside, pin_id, board_id)
    dataset = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"n": 1}})
    await make_pin(inside, value="{{sales.n}}")
    await ask(inside, "PUT", f"/v1/datasets/{dataset['id']}", {"data": {"n": 2}})
    page = await ask(inside, "POST", "/v1/pages", {"title": "Report"})
    await ask(inside, "POST", f"/v1/pages/{page['id']}/pins", {"pin_id": pin_id})
    layout = {"layout": {pin_id: {"x": 4, "y": 4, "w": 3, "h": 2}}}
    await ask(inside, "PUT", f"/v1/pinboards/{board_id}/layout", layout)
    for kind, thing_id in (("pins", pin_id), ("pinboards", board_id), ("pages", page["id"])):
        await ask(inside, "DELETE", f"/v1/{kind}/{thing_id}")
        await ask(inside, "GET", "/v1/bin")
        await ask(inside, "POST", f"/v1/bin/{thing_id}/restore")


async def read_everything(inside: Inside, pin_id: str, board_id: str) -> None:
    """What is only looked at, by its owner, by others and by visitors."""
    theirs, open_board = CROWD.pin(11), CROWD.board(11)
    for who in ("ada", "ben", "dan"):
        for path in (
            "pins", "pins/shared", "pins?tag=shop", "pins?q=sales", "pins?late=true",
            "pins?pin_type=markdown", "pins/shared?late=true", "pinboards", "pinboards/shared",
            "pages", "pages/shared", "datasets", "search?q=shop", "bin", "audit", "me", "api-keys/current",
            f"pins/{theirs}", f"pinboards/{open_board}",
            f"pins/{theirs}/series?path=cards/0/value",
        ):  # fmt: skip
            await ask(inside, "GET", f"/v1/{path}", who=who)
        both = {"pin_ids": [theirs, pin_id, CROWD.pin(12)]}
        await ask(inside, "POST", "/v1/pins/batch/get", both, who)
    await ask(inside, "GET", f"/v1/pins/{pin_id}/series?path=cards/0/value&points=2")
    await ask(inside, "GET", f"/v1/shared/pins/{theirs}", who=None)
    await ask(inside, "GET", f"/v1/shared/pinboards/{open_board}", who=None)
    async with inside.watching("ben", pins=[theirs, pin_id], pinboards=[board_id, open_board]):
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": stat(9)["content"]})


async def work_beside(noting: Noting) -> None:
    """What the server does by itself."""
    for shelf in (PINS, PINBOARDS, DATASETS):
        async with noting.inner.transaction() as tx:
            name = shelf.name
            await tx.run(
                f"UPDATE {name} SET thin_at = 1 WHERE id IN (SELECT id FROM {name} LIMIT 2)", {}
            )
        await thin_shelf(noting, shelf, read_rules(Settings()), "node_test")
    await sweep(noting, "node_test", now() - 50 * DAY)


async def test_no_everyday_statement_looks_through_what_others_have(
    crowded: tuple[Inside, Noting],
) -> None:
    inside, noting = crowded
    await use_everything(inside)
    await work_beside(noting)
    assert len(noting.noted) > 100
    whole = [
        f"{line}\n    in {' '.join(sql.split())}"
        for sql, values in list(noting.noted.items())
        for line in await noting.plan(sql, values)
        if looks_through(line)
        # Of tables with a few rows PostgreSQL reads all of them, and is right.
        and (not noting.is_postgres or line.split()[1] in LOADED)
        and not any(part in sql for part in WHOLE)
    ]
    assert whole == [], "\n".join(["", *whole])


async def test_what_looks_through_everything_is_found(crowded: tuple[Inside, Noting]) -> None:
    _, noting = crowded
    for sql in (
        "SELECT count(*) FROM pins",
        "SELECT id FROM pins WHERE title = :title",
        "SELECT count(*) FROM revisions WHERE at > :title",
    ):
        values = {"title": 5} if "revisions" in sql else {"title": "x"}
        plan = await noting.plan(sql, values if ":title" in sql else {})
        assert any(map(looks_through, plan)), plan


def looks_through(line: str) -> bool:
    """Whether a line of a plan reads a whole table, or an index of it made for the purpose."""
    is_whole = line.startswith("SCAN") and OWN.match(line) is None
    is_made = "AUTOMATIC" in line and OWN.match(line.replace("SEARCH", "SCAN")) is None
    return is_whole or is_made
