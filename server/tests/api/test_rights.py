"""Who may do what, for every route of pins, pinboards and pages: a small model against the server.

The model is the table of docs/using/rights.md. Every refusal leaves everything as it was.
"""

from typing import Any, NamedTuple

import pytest
from inside import Answer, Inside
from pindown_server.app import all_routes
from pindown_server.door.route import Route
from pindown_server.door.scopes import ALL, SCOPES, grants
from scene import (
    LONG_AGO,
    add_to_page,
    ask,
    bring_key,
    give_role,
    make_board,
    make_page,
    make_pin,
    nothing_happens,
    place,
)

ROLES = {"ada": "owner", "ben": "editor", "cleo": "viewer"}  # Dan and visitors have none
EVERYBODY = ("ada", "ben", "cleo", "dan", None)
STATES: dict[str, dict[str, Any]] = {
    "private": {},
    "public": {"is_public": True, "allow_comments": True},
    "public, sign in": {"is_public": True, "require_sign_in": True},
    "public, expired": {"is_public": True, "expires_at": LONG_AGO},
    "public, edit": {"is_public": True, "allow_edit": True},
    "public, edit, sign in": {"is_public": True, "allow_edit": True, "require_sign_in": True},
    "private, edit": {"allow_edit": True},
}
KINDS = ("pins", "pinboards", "pages")
CASES = [
    (kind, state) for kind in KINDS for state in STATES if kind == "pins" or "edit" not in state
]

# What each route asks for, and a body with which whoever has it succeeds.
NEW_ROLE = {"role": "viewer"}
GUEST = "guest@elsewhere.example"
NEEDS: dict[str, dict[str, tuple[str, Any]]] = {
    "pins": {
        "GET /v1/pins/{id}/blocks": ("see", None),
        "GET /v1/pins/{id}/blocks/{block}": ("see", None),
        "POST /v1/pins/{id}/blocks": ("edit", {"type": "code", "content": "x"}),
        "PUT /v1/pins/{id}/blocks/{block}": ("edit", {"name": "New"}),
        "PATCH /v1/pins/{id}/blocks/{block}": ("edit", {"name": "New"}),
        "POST /v1/pins/{id}/blocks/reorder": ("edit", {"order": "{blocks}"}),
        "DELETE /v1/pins/{id}/blocks/{block}": ("edit", None),
        "GET /v1/pins/{id}/series?path=cards/0/value": ("see", None),
        "POST /v1/pins/{id}/duplicate": ("see", None),
        "GET /v1/pins/{id}/push-addresses": ("own", None),
        "POST /v1/pins/{id}/push-addresses": ("own", {"name": "Cron"}),
        "DELETE /v1/pins/{id}/push-addresses/{address}": ("own", None),
        "GET /v1/pins/{id}": ("see", None),
        "GET /v1/pins/{id}?as_of=now": ("see the source", None),
        "PUT /v1/pins/{id}": ("edit", {"metadata": {"title": "New"}}),
        "PATCH /v1/pins/{id}": ("edit", {"metadata": {"title": "New"}}),
        "DELETE /v1/pins/{id}": ("own", None),
        "POST /v1/pins/{id}/share": ("own", {"allow_comments": False}),
        "GET /v1/pins/{id}/revisions": ("see the source", None),
        "GET /v1/pins/{id}/revisions/1": ("see the source", None),
        "POST /v1/pins/{id}/revisions/1/restore": ("see the source", None),
    },
    "pinboards": {
        "GET /v1/pinboards/{id}": ("see", None),
        "GET /v1/pinboards/{id}?as_of=now": ("see the source", None),
        "GET /v1/pinboards/{id}/revisions": ("see the source", None),
        "POST /v1/pinboards/{id}/duplicate": ("see", None),
        "POST /v1/pinboards/{id}/pins/batch": ("edit", {"pin_ids": ["{pin}"]}),
        "DELETE /v1/pinboards/{id}/pins/batch": ("edit", {"pin_ids": ["{pin}"]}),
        "PUT /v1/pinboards/{id}": ("edit", {"title": "New"}),
        "DELETE /v1/pinboards/{id}": ("own", None),
        "POST /v1/pinboards/{id}/share": ("own", {"allow_comments": False}),
        "GET /v1/pinboards/{id}/roles": ("belong", None),
        "POST /v1/pinboards/{id}/roles": ("own", {"name": "Crew", "color": "#112233"}),
        "PUT /v1/pinboards/{id}/roles/{role}": ("own", {"name": "Crew"}),
        "PUT /v1/pinboards/{id}/roles/{role}/members": ("own", {"user_ids": []}),
        "PUT /v1/pinboards/{id}/pins/{pin}/roles": ("own", {"role_ids": []}),
        "DELETE /v1/pinboards/{id}/roles/{role}": ("own", None),
        "POST /v1/pinboards/{id}/pins": ("edit", {"pin_id": "{pin}"}),
        "DELETE /v1/pinboards/{id}/pins/{pin}": ("edit", None),
        "PUT /v1/pinboards/{id}/layout": ("edit", {"layout": {}}),
        "PATCH /v1/pinboards/{id}/layout": ("edit", {"mobile_layout": {}}),
    },
    "pages": {
        "GET /v1/pages/{id}": ("see", None),
        "PUT /v1/pages/{id}": ("edit", {"title": "New"}),
        "DELETE /v1/pages/{id}": ("own", None),
        "POST /v1/pages/{id}/duplicate": ("see", None),
        "POST /v1/pages/{id}/publish": ("own", None),
        "POST /v1/pages/{id}/unpublish": ("own", None),
        "GET /v1/pages/{id}/pins": ("see", None),
        "POST /v1/pages/{id}/pins": ("edit", {"pin_id": "{pin}"}),
        "PUT /v1/pages/{id}/pins/order": ("edit", {"order": []}),
        "DELETE /v1/pages/{id}/pins/{pin}": ("edit", None),
        "POST /v1/pages/{id}/invitations/send": ("own", {"email": GUEST, "role": "viewer"}),
        "GET /v1/pages/{id}/invitations": ("see the source", None),
        "DELETE /v1/pages/{id}/invitations/{guest}": ("own", None),
        "PUT /v1/pages/{id}/users/{cleo}/role": ("own", NEW_ROLE),
    },
}
for _kind in ("pins", "pinboards"):
    _path = f"/v1/{_kind}/{{id}}/comments"
    NEEDS[_kind] |= {
        "GET " + _path: ("discuss", None),
        "POST " + _path: ("discuss", {"text": "Well done"}),
        f"PATCH {_path}/{{comment}}": ("discuss, as its author", {"text": "Done"}),
        f"DELETE {_path}/{{comment}}": ("discuss, as its author or the owner", None),
    }
for _kind, _needs in NEEDS.items():
    _needs[f"POST /v1/{_kind}/{{id}}/transfer"] = ("own", {"email": "dan@harbour.example"})
    _path = f"/v1/{_kind}/{{id}}/collaborators"
    _needs |= {
        "GET " + _path: ("belong", None),
        "POST " + _path: ("own", {"email": "dan@harbour.example", "role": "viewer"}),
        f"PUT {_path}/{{cleo}}": ("own", NEW_ROLE),
        f"DELETE {_path}/{{ben}}": ("own, or be the editor who leaves", None),
        f"GET /v1/{_kind}/{{id}}/permissions": ("see", None),
    }


class Scene(NamedTuple):
    """A thing of Ada's that Ben edits and Cleo views: a pin with a block, or what holds a pin."""

    inside: Inside
    kind: str
    thing_id: str
    pin_id: str
    block_id: str
    comment_id: str

    async def call(self, route: str, body: Any, who: str | None) -> Answer:
        """Call a route of the model."""
        now = await self.inside.call("GET", f"/v1/{self.kind}/{self.thing_id}")
        names = {"id": self.thing_id, "pin": self.pin_id, "block": self.block_id}
        names |= {"comment": self.comment_id, "guest": GUEST}
        names["now"] = str(now.data["updated_at"])
        names |= {name: self.inside.cast[name].user_id for name in ("ben", "cleo")}
        if "{address}" in route:
            kept = await self.inside.call("GET", f"/v1/pins/{self.pin_id}/push-addresses")
            names["address"] = [*(item["id"] for item in kept.data["items"]), "in-0"][0]
        if "{role}" in route:
            roles = await self.inside.call("GET", f"/v1/pinboards/{self.thing_id}/roles")
            names["role"] = [*roles.data, "role-0"][0]
        method, _, path = route.replace("=now", "={now}").format(**names).partition(" ")
        if isinstance(body, dict) and "pin_id" in body:
            body = {"pin_id": self.pin_id}
        elif isinstance(body, dict) and "pin_ids" in body:
            body = {"pin_ids": [self.pin_id]}
        elif body == {"order": "{blocks}"}:
            blocks = await self.inside.call("GET", f"/v1/pins/{self.pin_id}/blocks")
            body = {"order": [block["id"] for block in blocks.data["items"]]}
        return await self.inside.call(method, path, body, who)


async def set_scene(inside: Inside, kind: str, state: str) -> Scene:
    flags = STATES[state]
    if kind == "pins":
        thing_id = pin_id = await make_pin(inside, **flags)
    else:
        # Everybody may see the pin: this is about the rights of what holds it.
        pin_id = await make_pin(inside, is_public=True)
        if kind == "pinboards":
            thing_id = await make_board(inside, **flags)
            await place(inside, thing_id, pin_id)
            crew = {"name": "Crew", "color": "#112233"}
            await ask(inside, "POST", f"/v1/pinboards/{thing_id}/roles", crew)
        else:
            flags = {name: flag for name, flag in flags.items() if name != "allow_comments"}
            thing_id = await make_page(inside, **flags)
            await add_to_page(inside, thing_id, pin_id)
    block = {"type": "markdown", "content": "A text"}
    block_id = (await ask(inside, "POST", f"/v1/pins/{pin_id}/blocks", block))["id"]
    await give_role(inside, kind, thing_id, "ben", "editor")
    await give_role(inside, kind, thing_id, "cleo", "viewer")
    invited = {"email": GUEST, "role": "viewer"}
    await ask(inside, "POST", f"/v1/{kind}/{thing_id}/collaborators", invited)
    return Scene(inside, kind, thing_id, pin_id, block_id, await comment(inside, kind, thing_id))


async def comment(inside: Inside, kind: str, thing_id: str) -> str:
    """A comment of Ben's, the editor; pages have none."""
    if kind == "pages":
        return ""
    flags = (await ask(inside, "GET", f"/v1/{kind}/{thing_id}"))["allow_comments"]
    share = f"/v1/{kind}/{thing_id}/share"
    await ask(inside, "POST", share, {"allow_comments": True})
    path = f"/v1/{kind}/{thing_id}/comments"
    comment_id: str = (await ask(inside, "POST", path, {"text": "A word"}, "ben"))["id"]
    await ask(inside, "POST", share, {"allow_comments": flags})
    return comment_id


def role_of(who: str | None, state: str) -> str | None:
    """What somebody is to a thing in that state; None: it does not exist for them."""
    flags = STATES[state]
    if who in ROLES:
        return ROLES[who]
    is_open = "is_public" in flags and "expires_at" not in flags
    return "public" if is_open and (who or "require_sign_in" not in flags) else None


def holds(role: str, need: str, state: str) -> bool:
    """The table."""
    flags = STATES[state]
    open_to_edits = "is_public" in flags and "allow_edit" in flags
    return {
        "see": True,
        "belong": role != "public",
        "see the source": role in ("owner", "editor"),
        "edit": role in ("owner", "editor") or open_to_edits,
        "own": role == "owner",
        "own, or be the editor who leaves": role in ("owner", "editor"),
        "discuss": "allow_comments" in flags,
        "discuss, as its author": "allow_comments" in flags and role == "editor",
        "discuss, as its author or the owner": "allow_comments" in flags
        and role in ("owner", "editor"),
    }[need]


def expected(who: str | None, need: str, state: str) -> tuple[int, str]:
    """Status and error code; `(200, "")` for success."""
    if who is None:
        return 401, "UNAUTHORIZED"
    role = role_of(who, state)
    if role is None:
        return 404, "NOT_FOUND"
    return (200, "") if holds(role, need, state) else (403, "FORBIDDEN")


@pytest.mark.parametrize(("kind", "state"), CASES)
async def test_everybody_may_what_the_table_says(inside: Inside, kind: str, state: str) -> None:
    scene = await set_scene(inside, kind, state)
    succeeding = []
    async with nothing_happens(inside):
        for route, (need, body) in NEEDS[kind].items():
            for who in EVERYBODY:
                status, code = expected(who, need, state)
                if status == 200 and not route.startswith("GET"):
                    succeeding.append((route, body, who))
                    continue
                answer = await scene.call(route, body, who)
                got = (answer.status, answer.code if answer.status >= 400 else "")
                assert got == (status, code), (route, who, answer.body)
    # Comments come last, after the scene was set anew: sharing decides whether there are any.
    for route, body, who in sorted(succeeding, key=lambda item: "/comments" in item[0]):
        answer = await scene.call(route, body, who)
        assert answer.status in (200, 201), (route, who, answer.body)
        if "DELETE" in route or "collaborators" in route or "transfer" in route:
            scene = await set_scene(inside, kind, state)


@pytest.mark.parametrize(("kind", "state"), CASES)
async def test_everybody_watches_what_they_may_see(inside: Inside, kind: str, state: str) -> None:
    scene = await set_scene(inside, kind, state)
    for who in EVERYBODY:
        async with inside.watching(who, **{kind: [scene.thing_id]}) as watcher:
            shown = {"pins": watcher.pins, "pinboards": watcher.pinboards, "pages": watcher.pages}
            sees = role_of(who, state) is not None
            assert (scene.thing_id in shown[kind]) is sees, who
            assert watcher.denied == (set() if sees else {scene.thing_id})


@pytest.mark.parametrize(("kind", "state"), CASES)
async def test_everybody_is_shown_or_told_why_not(inside: Inside, kind: str, state: str) -> None:
    scene = await set_scene(inside, kind, state)
    flags = STATES[state]
    for who in EVERYBODY:
        answer = await inside.call("GET", f"/v1/shared/{kind}/{scene.thing_id}", who=who)
        if role_of(who, state):
            status = 200
        elif "expires_at" in flags:
            status = 410
        else:
            status = 401 if "is_public" in flags else 404
        assert answer.status == status, who


async def test_who_loses_sight_of_it_loses_it_in_the_stream(inside: Inside) -> None:
    for kind in KINDS:
        scene = await set_scene(inside, kind, "public")
        path = f"/v1/{kind}/{scene.thing_id}"
        for who in ("dan", None):
            await inside.call("PUT", path, {"is_public": True})
            async with inside.watching(who, **{kind: [scene.thing_id]}) as watcher:
                await inside.call("PUT", path, {"is_public": False})
                # What came with a pinboard or page goes with it.
                lost = {"id": scene.thing_id}, {"id": scene.pin_id}
                await watcher.until(lambda w=watcher, one=lost[0]: one in w.named("denied"))
                assert all(one in lost for one in watcher.named("denied"))


def routes_of(kind: str) -> list[Route]:
    """The routes of one thing of a kind."""
    return [r for r in all_routes() if len(r.segments) > 2 and r.segments[:2] == ("v1", kind)
            and r.segments[2].startswith("{")]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_knows_every_route(kind: str) -> None:
    def shape(method: str, path: str) -> tuple[str, tuple[str, ...]]:
        words = path.partition("?")[0].strip("/").split("/")
        return method, tuple("*" if word[0] in "{1" else word for word in words)

    known = {shape(*route.split(" ")) for route in NEEDS[kind]}
    assert {shape(route.method, route.path) for route in routes_of(kind)} == known


@pytest.mark.parametrize("kind", KINDS)
async def test_a_key_needs_the_scope_of_the_route(inside: Inside, kind: str) -> None:
    scene = await set_scene(inside, kind, "private")
    collection = [r for r in all_routes() if r.segments[:2] == ("v1", kind)]
    for scope in sorted({route.scope for route in collection if route.scope}):
        others = [s for s in SCOPES if s != ALL and not grants(frozenset({s}), scope)]
        without = await bring_key(inside, "ada", *others)
        exact = await bring_key(inside, "ada", scope)
        for route in (route for route in collection if route.scope == scope):
            path = route.path.replace("{pin_id}", scene.pin_id)
            for holder in ("{pinboard_id}", "{page_id}"):
                path = path.replace(holder, scene.thing_id)
            async with nothing_happens(inside):
                refused = await inside.call(route.method, path, {}, without)
            assert (refused.status, refused.code) == (403, "SCOPE_REQUIRED"), (route, refused.body)
            error = refused.json["error"]
            assert error["message"] == f"This endpoint requires the '{scope}' scope"
            assert error["details"] == {"required_scope": scope}
            if route.method == "GET":
                allowed = await inside.call("GET", path, None, exact)
                is_refused = allowed.status == 403 and allowed.code == "SCOPE_REQUIRED"
                assert not is_refused, (route.path, allowed.body)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_key_narrowed_to_another_thing_sees_nothing(inside: Inside, kind: str) -> None:
    scene = await set_scene(inside, kind, "public")
    key = await bring_key(inside, "ada", ALL, resources=[await make_pin(inside)])
    async with nothing_happens(inside):
        for route, (_, body) in NEEDS[kind].items():
            answer = await scene.call(route, body, key)
            assert (answer.status, answer.code) == (404, "NOT_FOUND"), route
        async with inside.watching(key, **{kind: [scene.thing_id]}) as watcher:
            assert watcher.denied == {scene.thing_id}
