"""`…/collaborators` and `…/permissions` of pins, pinboards and pages."""

from typing import Any

import pytest
from inside import Inside
from scene import ask, bring_key, give_role, make_board, make_page, make_pin, nothing_happens

KINDS = ("pins", "pinboards", "pages")
MAKERS = {"pins": make_pin, "pinboards": make_board, "pages": make_page}


async def make(inside: Inside, kind: str, **flags: Any) -> str:
    """A thing of Ada's; its path."""
    thing_id = await MAKERS[kind](inside, **flags)
    return f"/v1/{kind}/{thing_id}"


def invitation(inside: Inside, name: str, role: str = "viewer") -> dict[str, str]:
    return {"email": inside.cast[name].email.upper(), "role": role, "message": "Have a look"}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_known_account_is_active_at_once(inside: Inside, kind: str) -> None:
    path = await make(inside, kind)
    assert (await inside.call("GET", path, who="ben")).status == 404
    added = await inside.call("POST", path + "/collaborators", invitation(inside, "ben"))
    ben = inside.cast["ben"]
    assert added.status == 201
    assert {name: added.data[name] for name in ("user_id", "email", "name", "role", "status")} == {
        "user_id": ben.user_id,
        "email": ben.email,
        "name": "Ben",
        "role": "viewer",
        "status": "active",
    }
    assert (await inside.call("GET", path, who="ben")).status == 200
    listed = await ask(inside, "GET", path + "/collaborators")
    assert (listed["items"], listed["total"]) == ([added.data], 1)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_role_is_changed_and_taken_away(inside: Inside, kind: str) -> None:
    path = await make(inside, kind)
    title = {"metadata": {"title": "Ben's"}}
    await ask(inside, "POST", path + "/collaborators", invitation(inside, "ben"))
    person = f"{path}/collaborators/{inside.cast['ben'].user_id}"
    assert (await inside.call("PUT", path, title, "ben")).status == 403
    assert (await ask(inside, "PUT", person, {"role": "editor"}))["role"] == "editor"
    assert (await inside.call("PUT", path, title, "ben")).status == 200
    again = await ask(inside, "POST", path + "/collaborators", invitation(inside, "ben"))
    assert again["role"] == "viewer"
    assert (await ask(inside, "GET", path + "/collaborators"))["total"] == 1
    await ask(inside, "DELETE", person)
    assert (await inside.call("GET", path, who="ben")).status == 404
    for method, body in (("DELETE", None), ("PUT", {"role": "viewer"})):
        async with nothing_happens(inside):
            assert (await inside.call(method, person, body)).status == 404


@pytest.mark.parametrize("kind", KINDS)
async def test_anybody_leaves_by_themselves(inside: Inside, kind: str) -> None:
    path = await make(inside, kind)
    thing_id = path.rsplit("/", 1)[1]
    for name, role in (("ben", "editor"), ("cleo", "viewer")):
        await give_role(inside, kind, thing_id, name, role)
    ben, cleo = (f"{path}/collaborators/{inside.cast[name].user_id}" for name in ("ben", "cleo"))
    async with nothing_happens(inside):
        assert (await inside.call("DELETE", ben, who="cleo")).status == 403
        assert (await inside.call("DELETE", cleo, who="ben")).status == 403
    await ask(inside, "DELETE", cleo, who="cleo")
    await ask(inside, "DELETE", ben, who="ben")
    assert (await ask(inside, "GET", path + "/collaborators"))["items"] == []


@pytest.mark.parametrize("kind", KINDS)
async def test_only_owner_and_editors_see_emails(inside: Inside, kind: str) -> None:
    path = await make(inside, kind, is_public=True)
    thing_id = path.rsplit("/", 1)[1]
    for name, role in (("ben", "editor"), ("cleo", "viewer")):
        await give_role(inside, kind, thing_id, name, role)
    for who in ("ada", "ben"):
        listed = await ask(inside, "GET", path + "/collaborators", who=who)
        assert {item["email"] for item in listed["items"]} == {
            inside.cast["ben"].email,
            inside.cast["cleo"].email,
        }
    listed = await inside.call("GET", path + "/collaborators", who="cleo")
    assert {item["name"] for item in listed.data["items"]} == {"Ben", "Cleo"}
    assert b"@" not in listed.body
    # Who sees it because everybody does learns nothing about others.
    assert (await inside.call("GET", path + "/collaborators", who="dan")).status == 403


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        ({"email": "a>b@x.example", "role": "viewer"}, "email", "one e-mail address"),
        ({"email": "a,b@x.example", "role": "viewer"}, "email", "one e-mail address"),
        ({"email": "ada@harbour.example", "role": "viewer"}, "email", "owns this"),
        ({"email": "no address", "role": "viewer"}, "email", "e-mail"),
        ({"email": "ben@harbour.example", "role": "owner"}, "role", "editor | viewer"),
        ({"email": "ben@harbour.example"}, "role", "required"),
        ({"role": "viewer"}, "email", "required"),
        ({"email": "ben@harbour.example", "role": "viewer", "as": 1}, "as", "not a field"),
    ],
)
async def test_who_cannot_be_added_is_told_why(
    inside: Inside, kind: str, body: Any, field: str, says: str
) -> None:
    path = await make(inside, kind)
    async with nothing_happens(inside):
        refused = await inside.call("POST", path + "/collaborators", body)
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
    assert refused.json["error"]["details"]["field"] == field
    assert says in refused.json["error"]["message"]


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("ada", "owner", {"can_see_source", "can_edit", "can_share", "can_delete"}),
        ("ben", "editor", {"can_see_source", "can_edit"}),
        ("cleo", "viewer", set()),
        ("dan", "public", set()),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
async def test_permissions_tell_what_one_may_do(
    inside: Inside, kind: str, who: str, role: str, may: set[str]
) -> None:
    has_comments = kind != "pages"
    flags = {"allow_comments": True} if has_comments else {}
    path = await make(inside, kind, is_public=True, **flags)
    thing_id = path.rsplit("/", 1)[1]
    await give_role(inside, kind, thing_id, "ben", "editor")
    await give_role(inside, kind, thing_id, "cleo", "viewer")
    told = await ask(inside, "GET", path + "/permissions", who=who)
    assert (told.pop("id"), told.pop("role")) == (thing_id, role)
    everybody = {"can_view", "can_comment"} if has_comments else {"can_view"}
    assert {name for name, allowed in told.items() if allowed} == {*everybody, *may}


async def test_permissions_of_a_key_are_cut_to_its_scopes(inside: Inside) -> None:
    path = await make(inside, "pins")
    key = await bring_key(inside, "ada", "pins:share")
    told = await ask(inside, "GET", path + "/permissions", who=key)
    assert (told["can_share"], told["can_edit"], told["can_delete"]) == (True, False, False)


@pytest.mark.parametrize("kind", KINDS)
async def test_who_loses_access_loses_the_stream(inside: Inside, kind: str) -> None:
    path = await make(inside, kind)
    thing_id = path.rsplit("/", 1)[1]
    await give_role(inside, kind, thing_id, "cleo", "viewer")
    async with inside.watching("cleo", **{kind: [thing_id]}) as watcher:
        assert watcher.denied == set()
        await ask(inside, "DELETE", f"{path}/collaborators/{inside.cast['cleo'].user_id}")
        await watcher.until(lambda: watcher.named("denied"))
        await ask(inside, "PUT", path, {"metadata": {"title": "Secret"}})
        await give_role(inside, kind, thing_id, "cleo", "viewer")
        await watcher.until(lambda: watcher.events[-1][0] in ("frame", "pinboard", "page"))
    assert [name for name, _ in watcher.events[:2]] == ["snapshot", "denied"]
    assert len(watcher.events) == 3
