"""Who may do what: every route that asks for a right, called by everybody, in every state.

The calls come from the routes' declarations and the steps of the walk, so a new route is in here
by itself; the model is in matrix.py. Every refusal leaves everything as it was.
"""

import pytest
from browser import ADDRESS
from inside import Answer, Inside
from matrix import (
    ALONE,
    CALLERS,
    ELSEWHERE,
    PEOPLE,
    SIGNED_IN,
    STATES,
    WITH,
    Case,
    Who,
    cases,
    flags_of,
    role_of,
)
from pindown_server.door.scopes import ALL, SCOPES, grants
from pindown_server.people import actions as people
from pindown_server.people.actions import Browser
from scene import (
    add_to_page,
    ask,
    bring_key,
    give_role,
    make_pin,
    nothing_happens,
    place,
)
from world import World, make_world, routes


class Scene:
    """Everything of Ada's in a state, with Ben as editor and Cleo as viewer."""

    def __init__(self, world: World, on_board: dict[str, str]) -> None:
        self.world = world
        self.inside = world.inside
        self.on_board = on_board  # the same names, for calls about what holds pins
        self._keys: dict[tuple[Who, str | None], str] = {}
        self._cookies: dict[Who, str] = {}

    async def let_in(self, everybody: list[Who]) -> None:
        """Give everybody the keys and cookies that they call with."""
        for who in everybody:
            if who.how == SIGNED_IN:
                self._cookies[who] = await sign_in(self.inside, who.name or "")
            elif who.how:
                for scope in {route.scope for route in routes()}:
                    self._keys[who, scope] = await self._key(who, scope)

    async def call(self, case: Case, who: Who, *, is_tried: bool = False) -> Answer:
        """Make the call of a case, or only try it if that can be done."""
        names = self.on_board if case.thing in ("pinboard_id", "page_id") else self.world.names
        dry_run = {"dry_run": "true"} if is_tried and case.route.has_dry_run else {}
        asked = {**case.query, **dry_run}
        headers = {}
        name = who.name
        if who.how == SIGNED_IN:
            name, headers = None, {"cookie": self._cookies[who], "origin": ADDRESS}
        elif who.how:
            name = self._keys[who, case.route.scope]
        return await self.world.call(case.route, name, names, headers, query=asked, body=case.body)

    async def _key(self, who: Who, scope: str | None) -> str:
        """A key of somebody's, cut down as `who` says."""
        name = who.name or ""
        if who.how == ELSEWHERE:
            return await bring_key(self.inside, name, ALL, resources=[self.world.names["third_id"]])
        if who.how == ALONE:
            things = ("pin_id", "pinboard_id", "page_id", "dataset_id")
            these = {
                names[thing] for names in (self.world.names, self.on_board) for thing in things
            }
            return await bring_key(self.inside, name, ALL, resources=sorted(these))
        if who.how == WITH:
            return await bring_key(self.inside, name, scope or ALL)
        if scope is None:
            return await bring_key(self.inside, name, "datasets:read")
        others = [s for s in SCOPES if s != ALL and not grants(frozenset({s}), scope)]
        return await bring_key(self.inside, name, *others)


async def sign_in(inside: Inside, name: str) -> str:
    """The cookie of a session of somebody's."""
    async with inside.app.parts.database.transaction() as tx:
        user_id = inside.cast[name].user_id
        secret = await people.sign_in(tx, user_id, Browser("127.0.0.1", "Tests/1.0"))
    return f"pindown_session={secret}"


async def set_scene(inside: Inside, state: str) -> Scene:
    """One of everything, in this state; what holds pins holds some that everybody may see."""
    world = await make_world(inside)
    names = world.names
    spare = inside.cast[await bring_key(inside, "ada", ALL)].key_id
    signed_in = {"cookie": await sign_in(inside, "ada")}
    sessions = (await inside.call("GET", "/v1/me/sessions", who=None, headers=signed_in)).data
    names |= {"user_id": names["cleo_id"], "key_id": spare}
    names["session_id"] = sessions["items"][0]["id"]
    open_pins = [await make_pin(inside, is_public=True) for _ in range(3)]
    on_board = names | dict(zip(("pin_id", "second_id", "third_id"), open_pins, strict=True))
    board, page = f"/v1/pinboards/{names['pinboard_id']}", f"/v1/pages/{names['page_id']}"
    for holder in (board, page):
        await ask(inside, "DELETE", f"{holder}/pins/{names['pin_id']}")
    for pin_id in open_pins[:2]:
        await place(inside, names["pinboard_id"], pin_id)
        await add_to_page(inside, names["page_id"], pin_id)
    crew = {"name": "Crew", "color": "#112233"}
    on_board["role_id"] = (await ask(inside, "POST", f"{board}/roles", crew))["roleId"]
    shown = {"cards": [{"title": "File", "value": 1, "label": f"/v1/files/{names['file_id']}"}]}
    await ask(inside, "PUT", f"/v1/pins/{names['pin_id']}", {"content": shown})
    for kind, thing in (("pins", "pin_id"), ("pinboards", "pinboard_id"), ("pages", "page_id")):
        path, flags = f"/v1/{kind}/{names[thing]}", flags_of(thing, state)
        await give_role(inside, kind, names[thing], "ben", "editor")
        await give_role(inside, kind, names[thing], "cleo", "viewer")
        invited = {"email": "eve@harbour.example", "role": "viewer"}
        await ask(inside, "POST", f"{path}/collaborators", invited)
        if kind != "pages":
            await ask(inside, "PUT", path, {"allow_comments": True})
            said = await ask(inside, "POST", f"{path}/comments", {"text": "A word"}, "ben")
            (names if kind == "pins" else on_board)["comment_id"] = said["id"]
            flags = {"allow_comments": False} | flags
        await ask(inside, "PUT", path, flags)
    return Scene(world, on_board)


@pytest.mark.parametrize("state", STATES)
async def test_everybody_may_what_the_table_says(inside: Inside, state: str) -> None:
    scene = await set_scene(inside, state)
    await scene.let_in(CALLERS)
    for_good = []  # what would change something even now: it cannot be tried
    async with nothing_happens(inside):
        for case in cases(state):
            for who in CALLERS:
                status, named = case.expected(who, state)
                if status < 400 and case.route.is_write and not case.route.has_dry_run:
                    for_good += [(case, who)] if not who.how else []
                    continue
                answer = await scene.call(case, who, is_tried=status < 400)
                told = (case.route.name, case.query, case.body, who, answer.body)
                assert answer.status == status, told
                if status >= 400:
                    error = answer.json["error"]
                    right = error.get("details", {}).get("required_right")
                    assert named in (right, error["code"]), told
    for case, who in for_good:
        scene = await set_scene(inside, state)
        answer = await scene.call(case, who)
        assert answer.status == case.route.status, (case.route.name, who, answer.body)


@pytest.mark.parametrize("state", STATES)
async def test_everybody_watches_what_they_may_see(inside: Inside, state: str) -> None:
    world = (await set_scene(inside, state)).world
    things = {name + "s": world.names[name + "_id"] for name in ("pin", "pinboard", "page")}
    asked = {kind: [thing] for kind, thing in things.items()}
    for who in PEOPLE:
        sees = role_of(who, "pin_id", flags_of("pin_id", state)) is not None
        async with inside.watching(who, **asked) as watcher:
            shown = {*watcher.pins, *watcher.pinboards, *watcher.pages}
            assert shown >= set(things.values()) if sees else shown == set(), who
            assert watcher.denied == (set() if sees else set(things.values())), who


async def test_who_loses_sight_of_it_loses_it_in_the_stream(inside: Inside) -> None:
    scene = await set_scene(inside, "public")
    for kind, thing in (("pins", "pin_id"), ("pinboards", "pinboard_id"), ("pages", "page_id")):
        thing_id = scene.world.names[thing]
        for who in ("dan", None):
            await ask(inside, "PUT", f"/v1/{kind}/{thing_id}", {"is_public": True})
            async with inside.watching(who, **{kind: [thing_id]}) as watcher:
                # What came with a pinboard or page goes with it.
                shown = {thing_id, *watcher.pins}
                await ask(inside, "PUT", f"/v1/{kind}/{thing_id}", {"is_public": False})
                await watcher.until(
                    lambda w=watcher, one=thing_id: {"id": one} in w.named("denied")
                )
                assert all(told["id"] in shown for told in watcher.named("denied"))
