"""Every change of the API, sent again under its name and tried: proof that no route forgets it.

`BODIES` and `Scene` say how each change can be made; a new route needs its line there.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from browser import PASSWORD, Browser, give_passwords, signed_in
from inside import Answer, Inside, stat
from pindown_server.app import all_routes
from pindown_server.door.route import Route
from scene import ask, give_role, make_board, make_page, make_pin, nothing_happens, place
from sending import BOUNDARY, PNG, body_of, part, upload

KEY = {"idempotency-key": "once"}
SLOTS = {"x": 3, "y": 4, "w": 3, "h": 2}

# What answers show once.
SECRETS = ("key", "url", "invite_url", "reset_url")

# After it nobody is left who could ask again.
NOBODY_LEFT = {"remove_me"}


class Scene:
    """One of everything, Ada's, and what the words in paths stand for."""

    def __init__(self, inside: Inside) -> None:
        self.inside = inside
        self.words: dict[str, str] = {}

    async def prepare(self, route: Route) -> None:
        """Make everything anew that the route may want."""
        inside, words = self.inside, self.words
        pin, other = await make_pin(inside), await make_pin(inside)
        board, page = await make_board(inside), await make_page(inside)
        await ask(inside, "PUT", f"/v1/pins/{pin}", stat(2))
        await place(inside, board, pin)
        await ask(inside, "POST", f"/v1/pages/{page}/pins", {"pin_id": pin})
        words |= {"pin_id": pin, "other": other, "pinboard_id": board, "page_id": page}
        words |= {"revision": "1", "name": f"tide-{pin[2:]}", "session_id": "ses_none"}
        words["user_id"] = inside.cast["dan" if "/users/{" in route.path[:12] else "ben"].user_id
        for kind, thing in (("pins", pin), ("pinboards", board), ("pages", page)):
            if f"/{kind}/" in route.path and "{user_id}" in route.path:
                await give_role(inside, kind, thing, "ben", "viewer")
        if "{block_id}" in route.path or route.name == "reorder_blocks":
            words["block_id"] = (await self.make(f"pins/{pin}/blocks", BODIES["add_block"]))["id"]
        if "comments" in route.path:
            place_of = f"pins/{pin}" if "/pins/" in route.path else f"pinboards/{board}"
            await ask(inside, "POST", f"/v1/{place_of}/share", {"allow_comments": True})
            words["comment_id"] = (await self.make(place_of + "/comments", {"text": "Ahoy"}))["id"]
        await self._prepare_rest(route, pin)
        if "role_id" in route.path or route.name == "ask_for_roles":
            body = {"name": f"Crew of {pin}", "color": "#336699"}
            words["role_id"] = (await self.make(f"pinboards/{board}/roles", body))["id"]
            await give_role(inside, "pinboards", board, "ben", "viewer")
        if "invitation" in route.path:
            words["email"] = f"{pin}@elsewhere.example"
            body = {"email": words["email"], "role": "viewer"}
            told = await self.make(f"pages/{page}/collaborators", body)
            words |= {"invitation_id": told["user_id"], "token": told["invite_url"][-32:]}

    async def _prepare_rest(self, route: Route, pin: str) -> None:
        inside, words = self.inside, self.words
        if "{key_id}" in route.path:
            body = {"name": "Till", "scopes": ["pins:read"]}
            words["key_id"] = (await self.make("api-keys", body))["id"]
        if "{dataset_id}" in route.path:
            made = await self.make("datasets", {"name": f"Tides of {pin}", "data": {"rows": [1]}})
            words["dataset_id"] = made["id"]
            await ask(inside, "PUT", f"/v1/datasets/{made['id']}", {"data": {"rows": [1, 2]}})
        if "{file_id}" in route.path:
            words["file_id"] = await upload(inside)
        if "{thing_id}" in route.path:
            await ask(inside, "DELETE", f"/v1/pins/{words['other']}")
            words["thing_id"] = words["other"]
        if "{address_id}" in route.path or "{secret}" in route.path:
            made = await self.make(f"pins/{pin}/push-addresses", {})
            words |= {"address_id": made["id"], "secret": made["url"].rpartition("/")[2]}

    async def make(self, path: str, body: Any) -> Any:
        return await ask(self.inside, "POST", "/v1/" + path, body)

    async def call(self, route: Route, browser: Browser | None, more: str = "") -> Answer:
        """Make the change, under its name."""
        path = route.path.format(**self.words) + more
        given = BODIES.get(route.name)
        assert given is not None or route.body is None, (
            f"{route.name}: say in BODIES how it is made"
        )
        body = given(self.words) if callable(given) else given
        headers = dict(KEY)
        if route.takes_file:
            body = body_of(part(PNG))
            headers["content-type"] = f"multipart/form-data; boundary={BOUNDARY}"
        if browser is not None:
            return await browser.call(route.method, path, body, headers)
        who = None if "{secret}" in route.path else "ada"
        return await self.inside.call(route.method, path, body, who, headers)


Words = dict[str, str]
BODIES: dict[str, dict[str, Any] | Callable[[Words], dict[str, Any]]] = {
    "change_me": {"name": "Ada of the harbour"},
    "change_password": {"current_password": PASSWORD, "password": "a bell on the breakwater"},
    "create_user": lambda w: {"email": f"{w['pin_id']}@harbour.example"},
    "change_user": {"name": "Dan of the harbour"},
    "create_key": {"name": "Till", "scopes": ["pins:read"]},
    "change_key": {"name": "Other"},
    "create_pin": stat(1),
    "update_pin": stat(3),
    "patch_pin": {"metadata": {"title": "Other"}},
    "share_pin": {"is_public": True},
    "create_pins": {"pins": [stat(1), stat(2)]},
    "update_pins": lambda w: {"updates": [{"id": w["pin_id"], **stat(3)}]},
    "delete_pins": lambda w: {"pin_ids": [w["pin_id"], w["other"]]},
    "add_block": {"type": "markdown", "content": {"text": "Ahoy"}},
    "update_block": {"content": {"text": "Aye"}},
    "patch_block": {"content": {"text": "Aye"}},
    "reorder_blocks": lambda w: {"order": [w["block_id"]]},
    "create_dataset": lambda w: {"name": f"Tides of {w['pin_id']}", "data": {"high": 7}},
    "update_dataset": {"data": {"rows": [3]}},
    "patch_dataset": {"data": {"rows": [3]}},
    "append_items": {"path": "rows", "items": [3]},
    "create_pinboard": {"title": "Quay"},
    "update_pinboard": {"title": "Quay"},
    "share_pinboard": {"is_public": True},
    "place_pin": lambda w: {"pin_id": w["other"]},
    "replace_layout": lambda w: {"layout": {w["pin_id"]: SLOTS}},
    "patch_layout": lambda w: {"layout": {w["pin_id"]: SLOTS}},
    "place_pins": lambda w: {"pin_ids": [w["other"]]},
    "take_pins": lambda w: {"pin_ids": [w["pin_id"]]},
    "create_page": {"title": "Log"},
    "update_page": {"title": "Log"},
    "add_page_pin": lambda w: {"pin_id": w["other"]},
    "order_page_pins": lambda w: {"order": [w["pin_id"]]},
    **{key: {"text": "Aye"} for key in ("add_pin_comment", "add_pinboard_comment")},
    **{key: {"text": "Aye"} for key in ("change_pin_comment", "change_pinboard_comment")},
    **{key: {"value": 7} for key in ("push_value", "push_to_address", "put_to_address")},
    "create_push_address": {"name": "Till"},
    "create_role": {"name": "Crew", "color": "#336699"},
    "change_role": {"name": "Guests"},
    "set_role_members": lambda w: {"user_ids": [w["user_id"]]},
    "ask_for_roles": lambda w: {"role_ids": [w["role_id"]]},
    "send_page_invitation": lambda w: {"email": f"x{w['email']}", "role": "viewer"},
    "change_page_user_role": {"role": "editor"},
    **{
        f"add_{kind}_collaborator": {"email": "ben@harbour.example", "role": "viewer"}
        for kind in ("pin", "pinboard", "page")
    },
    **{f"change_{kind}_role": {"role": "editor"} for kind in ("pin", "pinboard", "page")},
    **{
        f"transfer_{kind}": {"email": "ben@harbour.example"}
        for kind in ("pin", "pinboard", "page", "dataset")
    },
}


async def _browser_for(inside: Inside, route: Route, scene: Scene) -> Browser | None:
    """Some changes are for people alone."""
    if route.access != "session":
        return None
    await give_passwords(inside)
    browser = await signed_in(inside, "cleo")
    await signed_in(inside, "cleo")
    listed = (await browser.call("GET", "/v1/me/sessions")).data["items"]
    scene.words["session_id"] = next(s["id"] for s in listed if not s["is_current"])
    if route.name == "accept_invitation":  # it is for one e-mail
        await browser.call("PATCH", "/v1/me", {"email": scene.words["email"]})
        inside.cast["cleo"] = replace(inside.cast["cleo"], email=scene.words["email"])
    return browser


async def test_every_change_is_made_once_however_often_it_is_sent(inside: Inside) -> None:
    scene, told = Scene(inside), list[str]()
    for number, route in enumerate(all_routes()):
        if not route.is_remembered or route.name in NOBODY_LEFT:
            continue
        KEY["idempotency-key"] = f"once {number}"
        await scene.prepare(route)
        browser = await _browser_for(inside, route, scene)
        first = await scene.call(route, browser)
        assert first.status in (200, 201), (route.name, first.body)
        assert "idempotency-replayed" not in first.headers, route.name
        async with nothing_happens(inside):
            again = await scene.call(route, browser)
        assert (again.status, again.headers.get("idempotency-replayed")) == (
            first.status,
            "true",
        ), (
            route.name,
            again.body,
        )
        if "left out" not in again.json.get("message", ""):
            assert again.body == first.body, route.name
        told += (
            [first.data.get(name, "")[-32:] for name in SECRETS] if first.json.get("data") else []
        )
        told += [scene.words.pop(name, "") for name in ("secret", "token")]
    await _require_unwritten(inside, {secret for secret in told if secret.isalnum()})


async def _require_unwritten(inside: Inside, secrets: set[str]) -> None:
    """Nothing that is told once was kept for repeated calls, or in the audit log."""
    assert len(secrets) > 4
    async with inside.app.parts.database.reader() as reader:
        rows = [*await reader.rows("SELECT answer FROM retries", {})]
        rows += await reader.rows("SELECT thing_id || details FROM audit", {})
    written = "".join(row[0] for row in rows)
    assert not [secret for secret in secrets if secret in written]


async def test_every_change_that_can_be_tried_leaves_nothing(inside: Inside) -> None:
    scene = Scene(inside)
    for route in all_routes():
        if route.has_dry_run:
            await scene.prepare(route)
            async with nothing_happens(inside):
                answer = await scene.call(route, None, "?dry_run=true")
            assert answer.status in (200, 201), (route.name, answer.body)
            assert answer.data["dry_run"] is True, route.name


async def test_no_other_change_can_be_tried_by_mistake(inside: Inside) -> None:
    scene = Scene(inside)
    for route in all_routes():
        if route.is_remembered and not route.has_dry_run:
            await scene.prepare(route)
            browser = await _browser_for(inside, route, scene)
            async with nothing_happens(inside):
                answer = await scene.call(route, browser, "?dry_run=true")
            assert (answer.status, answer.json["error"]["details"]["field"]) == (400, "dry_run"), (
                route.name
            )
