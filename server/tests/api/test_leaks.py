"""What somebody may not see leaves no trace: not in what is done, in ETags, lists, batches or streams.

Calls come from the routes' declarations and the steps of the walk: a new route is in here by itself.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inside import Inside, running
from noting import Noting
from pindown_server.door.route import Route
from pindown_server.door.scopes import ALL
from scene import ask, bring_key, give_role, make_board, make_page, make_pin, nothing_happens, place
from world import (
    ID,
    SECRET,
    World,
    about_ours,
    assert_silent,
    elsewhere,
    is_for_admins,
    make_world,
    routes,
)


class Order(dict[str, Any]):
    """The statements that a store is given by the test's own calls, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: list[str] = []
        self._task: asyncio.Task[Any] | None = None

    def begin(self) -> None:
        """From now on, those of whoever calls this."""
        self._task = asyncio.current_task()

    def __setitem__(self, sql: str, values: Any) -> None:
        if asyncio.current_task() is self._task:  # and no work that a server does by itself
            self.statements.append(sql)


@pytest.fixture
async def watched(tmp_path: Path, database_url: str) -> AsyncIterator[tuple[Inside, Order]]:
    """A server on a store that tells what it is asked."""
    order = Order()

    def seen_through(database: Any) -> Noting:
        noting = Noting(database)
        noting.noted = order
        return noting

    async with running(tmp_path, database_url, seen_through=seen_through) as inside:
        yield inside, order


async def make_shown_world(inside: Inside) -> World:
    """Ada's world, with her file on her pin."""
    world = await make_world(inside)
    card = {"title": SECRET, "value": 1, "label": f"/v1/files/{world.names['file_id']}"}
    path = f"/v1/pins/{world.names['pin_id']}"
    await ask(inside, "PUT", path, {"content": {"cards": [card]}})
    return world


async def strangers(inside: Inside) -> list[str | None]:
    """Those to whom nothing of Ada's exists."""
    return ["dan", await bring_key(inside, "dan", ALL, resources=[await make_pin(inside, "dan")]),
            await bring_key(inside, "ada", ALL, resources=[await make_pin(inside)]), None]  # fmt: skip


async def test_the_same_is_done_for_what_is_hidden_as_for_what_is_missing(
    watched: tuple[Inside, Order],
) -> None:
    """So the time that it takes tells nothing."""
    inside, order = watched
    order.begin()
    world = await make_shown_world(inside)
    for who in await strangers(inside):
        await inside.call("GET", "/v1/pins", who=who)  # from now on it is known who that is
        for route in filter(about_ours, routes()):
            done = []
            for names in (world.names, elsewhere(world.names)):
                order.statements.clear()
                await world.call(route, who, names)
                done.append([*order.statements])
            assert done[0] == done[1], (route.name, who)
            assert done[0] or who != "dan", route.name


async def test_an_etag_does_not_tell_that_something_is_there(inside: Inside) -> None:
    world = await make_shown_world(inside)
    tags = {}
    for route in filter(about_ours, routes()):
        if route.has_etag and not route.is_write and route.segments[1] != "shared":
            answer = await world.call(route, "ada", world.names)
            tags[route.name] = answer.headers["etag"]
            known = {"if-none-match": tags[route.name]}
            assert (await world.call(route, "ada", world.names, known)).status == 304, route.name
    assert {"get_pin", "get_pinboard", "get_page", "get_dataset", "get_file"} <= tags.keys()
    for who in await strangers(inside):
        async with nothing_happens(inside):
            for route in filter(about_ours, routes()):
                plain = await world.call(route, who, world.names)
                for known in (tags.get(route.name, '"1"'), "*"):
                    headers = {"if-none-match": known, "if-match": '"999999999"'}
                    answer = await world.call(route, who, world.names, headers)
                    assert answer.status == plain.status >= 400, (route.name, who)
                    assert "etag" not in answer.headers, (route.name, who)


async def test_a_batch_does_nothing_to_what_is_anothers(inside: Inside) -> None:
    world = await make_world(inside)
    of_many = [r for r in routes() if "batch" in r.segments and not about_ours(r)]
    for route in of_many:
        if route.name == "create_pins":
            continue
        for who in (await strangers(inside))[:3]:
            async with nothing_happens(inside):
                answer = await world.call(route, who, world.names)
                missing = await world.call(route, who, elsewhere(world.names))
            assert_silent(route.name, answer)
            if route.is_write:
                failed, others = answer.data["failed"], missing.data["failed"]
                assert {item["code"] for item in failed} == {"NOT_FOUND"}, route.name
                assert ID.sub("", str(failed)) == ID.sub("", str(others)), route.name


@pytest.mark.parametrize("how", ["narrowed", "without the scopes"])
async def test_a_keys_own_calls_find_nothing_that_it_may_not_see(inside: Inside, how: str) -> None:
    world = await make_world(inside)
    if how == "narrowed":
        key = await bring_key(inside, "ada", ALL, resources=[await make_pin(inside)])
    else:
        key = await bring_key(inside, "ada", "pinboards:share")  # which reads nothing
    for route in routes():
        if not about_ours(route) and not is_for_admins(route):
            assert_silent(route.name, await world.call(route, key, world.names))
    for query in (SECRET, SECRET[:3]):
        assert (await ask(inside, "GET", f"/v1/search?q={query}", who=key))["total"] == 0


async def test_streams_say_nothing_of_changes_to_what_is_hidden(inside: Inside) -> None:
    names = (await make_shown_world(inside)).names
    asked = {kind + "s": [names[kind + "_id"]] for kind in ("pin", "pinboard", "page")}
    own = await make_pin(inside, "dan", is_public=True)
    asked["pins"].append(own)
    for who in ("dan", None):
        async with inside.watching(who, **asked) as watcher:
            for kind in ("pin", "pinboard", "page"):
                path = f"/v1/{kind}s/{names[kind + '_id']}"
                await ask(inside, "PUT", path, {"title": f"{SECRET} again for {who}"})
                await give_role(inside, kind + "s", names[kind + "_id"], "cleo", "viewer")
                await ask(inside, "DELETE", f"{path}/collaborators/{names['cleo_id']}")
            await ask(inside, "PUT", f"/v1/pins/{own}", {"title": f"Seen by {who}"}, "dan")
            await watcher.until(lambda w=watcher: len(w.events) > 1)
            assert [kind for kind, _ in watcher.events] == ["snapshot", "pin"]
            assert SECRET not in json.dumps(watcher.events)


def is_about_pin(route: Route) -> bool:
    """Whether it is about one pin by itself."""
    return (
        about_ours(route)
        and "{pin_id}" in route.path
        and "{page_id}" not in route.path
        and "{pinboard_id}" not in route.path
    )


@pytest.mark.parametrize("holder", ["pinboards", "pages"])
async def test_lying_on_somebody_elses_board_opens_no_call_about_a_pin(
    inside: Inside, holder: str
) -> None:
    world = await make_shown_world(inside)
    pin_id = world.names["pin_id"]
    await give_role(inside, "pins", pin_id, "ben", "viewer")
    if holder == "pages":
        held = await make_page(inside, "ben", is_public=True)
        await ask(inside, "POST", f"/v1/pages/{held}/pins", {"pin_id": pin_id}, "ben")
    else:
        held = await make_board(inside, "ben", is_public=True)
        await place(inside, held, pin_id, "ben")
    for who in ("dan", None):
        async with nothing_happens(inside):
            for route in routes():
                if is_about_pin(route) or route.name in ("get_file", "remove_file"):
                    answer = await world.call(route, who, world.names)
                    assert answer.status in (401, 404), (route.name, who)
                    assert_silent(route.name, answer)
        seen = await inside.call("GET", f"/v1/shared/{holder}/{held}", who=who)
        assert len(seen.data["hidden"]) == 1
        assert pin_id not in seen.body.decode()
        assert_silent(holder, seen)


FIGURE = "kilimanjaro"


async def test_a_variable_draws_from_nobody_elses_dataset(inside: Inside) -> None:
    """Wherever its name is written, by an editor, by a stranger in their own pin, or from outside."""
    pin = await make_pin(inside, value=1)
    path = f"/v1/pins/{pin}"
    await give_role(inside, "pins", pin, "ben", "editor")
    data = {"name": "Sales", "data": {"total": FIGURE}}
    dataset = (await ask(inside, "POST", "/v1/datasets", data))["id"]
    address = (await ask(inside, "POST", f"{path}/push-addresses", {"name": "Till"}))["url"]
    own = await make_pin(inside, "ben")
    for text in (
        "{{sales.total}}",
        "{{datasets.sales.total}}",
        "{{dataset.current." + dataset + ".total}}",
        "{{dataset.pin." + f"{pin}.{dataset}" + ".total}}",
        "{{#if sales.total}}{{sales.total}}{{/if}}",
        "{{total}}",
    ):
        cards = {"cards": [{"title": text, "value": text}]}
        for thing in (path, f"/v1/pins/{own}"):
            await ask(inside, "PUT", thing, {"title": text, "content": cards}, "ben")
            block = {"type": "markdown", "content": {"text": text}}
            await ask(inside, "POST", f"{thing}/blocks", block, "ben")
            await inside.call("PUT", thing, {"dataset_id": dataset}, "ben")
            shown = await inside.call("GET", thing, who="ben")
            assert FIGURE not in shown.body.decode(), (thing, text)
            copy = await inside.call("POST", f"{thing}/duplicate", who="ben")
            assert FIGURE not in copy.body.decode(), (thing, text)
        secret = "/" + address.split("/", 3)[3]
        pushed = await inside.call("POST", secret, json.dumps(cards).encode(), None)
        assert pushed.status == 200, pushed.body
        for who in ("ada", "ben"):
            shown = await inside.call("GET", path, who=who)
            assert FIGURE not in shown.body.decode(), text
        preview = await inside.call("POST", "/v1/templates/preview", {"template": text}, "ben")
        assert FIGURE not in preview.body.decode(), text
    async with inside.watching("ben", pins=[pin, own]) as watcher:
        assert FIGURE not in json.dumps(watcher.events)


# What only those who see it as it is written are told, and e-mails, which only they know.
UNTOLD = ("{{", "tally", "unsaid", "undrawn", "ada@", "ben@", "elsewhere.example")
EXPLAINED = ("pin-types", "openapi.json")  # where variables are explained to everybody


async def test_who_sees_only_what_is_drawn_is_told_nothing_else(inside: Inside) -> None:
    world = await make_world(inside)
    names = world.names
    path, board = f"/v1/pins/{names['pin_id']}", f"/v1/pinboards/{names['pinboard_id']}"
    tally = {"name": "Tally", "data": {"total": 2, "other": "undrawn"}}
    await ask(inside, "POST", "/v1/datasets", tally)
    await ask(inside, "DELETE", f"{path}/blocks/{names['block_id']}")
    choice = {"when": "tally.total > 1", "then": "said", "else": "unsaid"}
    block = await ask(inside, "POST", f"{path}/blocks", {"type": "conditional", "content": choice})
    names["block_id"] = block["id"]
    for text in ("unsaid", "{{tally.total}}"):  # what it said before is not told either
        cards = [{"title": "Total", "value": text}]
        body = {"title": text, "content": {"cards": cards}}
        await ask(inside, "PUT", path, body)
    flags = {"is_public": True, "allow_comments": True}
    await ask(inside, "PUT", path, flags | {"allow_edit": True})
    await ask(inside, "PUT", board, flags)
    await ask(inside, "POST", f"/v1/pages/{names['page_id']}/publish")
    for kind, thing in (("pins", "pin_id"), ("pinboards", "pinboard_id"), ("pages", "page_id")):
        await give_role(inside, kind, names[thing], "ben", "editor")
        await give_role(inside, kind, names[thing], "cleo", "viewer")
    things = {kind + "s": [names[kind + "_id"]] for kind in ("pin", "pinboard", "page")}
    for who in ("cleo", "dan", None):
        untold = UNTOLD if who else (*UNTOLD, "usr_")
        for route in routes():
            if route.segments[1] in EXPLAINED or (route.is_write and not route.has_dry_run):
                continue
            tried = {"dry_run": "true"} if route.is_write else {}
            answer = await world.call(route, who, names, query=tried)
            told = answer.body.decode("utf-8", "replace")
            assert [word for word in untold if word in told] == [], (route.name, who, told)
        async with inside.watching(who, **things) as watcher:
            told = json.dumps(watcher.events)
            assert watcher.denied == set()
            assert [word for word in untold if word in told] == [], who
