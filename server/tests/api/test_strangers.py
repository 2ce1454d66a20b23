"""What is Ada's stays Ada's: every route there is, called by those it is nothing of.

The calls come from the routes' declarations and the steps of the walk, so a new route is in here
by itself. A secret word stands in everything of Ada's; nobody else is ever told it.
"""

import json

from inside import Inside
from pindown_server.door.scopes import ALL, SCOPES, grants
from scene import ask, bring_key, make_board, make_pin, nothing_happens, place
from world import (
    ID,
    SECRET,
    about_ours,
    assert_silent,
    elsewhere,
    is_for_admins,
    make_world,
    routes,
)


async def test_a_stranger_is_told_of_nothing_and_changes_nothing(inside: Inside) -> None:
    world = await make_world(inside)
    narrowed = await bring_key(inside, "dan", ALL, resources=[await make_pin(inside, "dan")])
    for route in routes():
        for who in ("dan", narrowed, None):
            if who is None and route.access != "anyone":
                expected = 401
            elif is_for_admins(route):
                expected = 403
            else:
                expected = 404 if about_ours(route) else None
            if expected is None:
                continue
            async with nothing_happens(inside):
                answer = await world.call(route, who, world.names)
                missing = await world.call(route, who, elsewhere(world.names))
            may_differ = who == narrowed and answer.status == 403
            assert answer.status == expected or may_differ, (route.name, who, answer.body)
            assert ID.sub("", answer.body.decode()) == ID.sub("", missing.body.decode()), route.name
            assert_silent(route.name, answer)


async def test_a_strangers_own_calls_find_nothing_of_others(inside: Inside) -> None:
    world = await make_world(inside)
    for route in routes():
        if not about_ours(route) and not is_for_admins(route):
            assert_silent(route.name, await world.call(route, "dan", world.names))
    for path in ("/v1/search?q=zan", f"/v1/search?q={SECRET}", "/v1/pins?q=zan"):
        assert (await ask(inside, "GET", path, who="dan"))["total"] == 0
    for text in ("{{zanzibar.total}}", "{{datasets.zanzibar.total}}"):
        body = {"content": text, "metadata": {"title": "Mine"}}
        pin_id = (await ask(inside, "POST", "/v1/pins", body, "dan"))["id"]
        shown = await ask(inside, "GET", f"/v1/pins/{pin_id}", who="dan")
        assert SECRET not in json.dumps(shown["rendered"])


async def test_a_board_of_others_does_not_open_what_lies_on_it(inside: Inside) -> None:
    world = await make_world(inside)
    pin_id = world.names["pin_id"]
    given = {"email": inside.cast["ben"].email, "role": "viewer"}
    await ask(inside, "POST", f"/v1/pins/{pin_id}/collaborators", given)
    board = await make_board(inside, "ben", is_public=True)
    assert (await place(inside, board, pin_id, "ben"))["opens"] is False
    page = (await ask(inside, "POST", "/v1/pages", {"title": "Ben's", "pins": [pin_id]}, "ben"))[
        "id"
    ]
    await ask(inside, "POST", f"/v1/pages/{page}/publish", who="ben")
    for kind, thing in (("pinboards", board), ("pages", page)):
        for who in ("dan", None):
            for path in (
                f"/v1/{kind}/{thing}",
                f"/v1/shared/{kind}/{thing}",
                f"/v1/{kind}/{thing}/pins",
            ):
                answer = await inside.call("GET", path, who=who)
                assert_silent(path, answer)
                assert pin_id not in answer.body.decode(), path
            async with inside.watching(who, **{kind: [thing]}) as watcher:
                told = json.dumps(watcher.events)
                assert watcher.denied == set()
                assert SECRET not in told
                assert pin_id not in told
    copy = await inside.call("POST", f"/v1/pinboards/{board}/duplicate", {}, "dan")
    assert copy.data["pins"] == []
    assert_silent("duplicate", copy)


async def test_watching_what_is_private_tells_nothing(inside: Inside) -> None:
    names = (await make_world(inside)).names
    ids = {
        "pins": [names["pin_id"]],
        "pinboards": [names["pinboard_id"]],
        "pages": [names["page_id"]],
    }
    for who in ("dan", None):
        async with inside.watching(who, **ids) as watcher:
            assert watcher.denied == {thing for things in ids.values() for thing in things}
            assert SECRET not in json.dumps(watcher.events)


async def test_a_key_needs_the_scope_that_a_route_declares(inside: Inside) -> None:
    world = await make_world(inside)
    for scope in sorted({route.scope for route in routes() if route.scope}):
        others = [one for one in SCOPES if one != ALL and not grants(frozenset({one}), scope)]
        without = await bring_key(inside, "ada", *others)
        async with nothing_happens(inside):
            for route in routes():
                if route.scope == scope:
                    answer = await world.call(route, without, world.names)
                    assert (answer.status, answer.code) == (403, "SCOPE_REQUIRED"), route.name
                    error = answer.json["error"]
                    assert error["message"] == f"This endpoint requires the '{scope}' scope"
                    assert error["details"] == {"required_scope": scope}


async def test_a_narrowed_key_of_adas_reaches_nothing_else(inside: Inside) -> None:
    world = await make_world(inside)
    narrowed = await bring_key(inside, "ada", ALL, resources=[await make_pin(inside)])
    for route in routes():
        if about_ours(route):
            async with nothing_happens(inside):
                answer = await world.call(route, narrowed, world.names)
            assert answer.status in (403, 404), (route.name, answer.body)
            assert_silent(route.name, answer)
