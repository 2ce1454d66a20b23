"""Roles for people who have no account yet: the link, the letter, signing up with it."""

from pathlib import Path

import pytest
from browser import give_passwords, signed_in
from inside import Inside, running, stat
from inviting import EVE, invite, sign_up, token_of
from pindown_server.bin.binned import KEPT
from pindown_server.bin.sweep import sweep
from pindown_server.clock import DAY, now
from pindown_server.sharing.invitations import actions
from scene import ask, bring_key, give_role, make_board, make_page, make_pin, nothing_happens

KINDS = ("pins", "pinboards", "pages")
MAKERS = {"pins": make_pin, "pinboards": make_board, "pages": make_page}


@pytest.mark.parametrize("kind", KINDS)
async def test_who_has_no_account_gets_one_by_the_link_and_the_role_with_it(
    inside: Inside, kind: str
) -> None:
    thing_id = await MAKERS[kind](inside)
    path = f"/v1/{kind}/{thing_id}"
    told = await invite(inside, path, "Eve@Elsewhere.Example", "editor")
    assert (told["email"], told["role"], told["status"]) == (EVE, "editor", "pending")
    token = token_of(told)

    shown = (await inside.call("GET", f"/v1/invitations/{token}", who=None)).data
    assert {name: shown[name] for name in ("email", "role", "kind", "invited_by")} == {
        "email": EVE,
        "role": "editor",
        "kind": kind[:-1],
        "invited_by": "Ada",
    }
    assert (shown["title"], shown["has_account"]) in (
        ("Sales", False), ("Harbour", False), ("Log book", False),
    )  # fmt: skip
    assert "ada@" not in repr(shown)

    browser, made = await sign_up(inside, token)
    assert made.status == 201, made.body
    seen = await browser.call("GET", path)
    assert (seen.status, seen.data["role"]) == (200, "editor")
    people = (await ask(inside, "GET", path + "/collaborators"))["items"]
    assert [(person["email"], person["status"]) for person in people] == [(EVE, "active")]
    again = await inside.call("GET", f"/v1/invitations/{token}", who=None)
    assert (again.status, again.code) == (404, "NOT_FOUND")


async def test_a_link_works_once_and_for_its_own_email_only(inside: Inside) -> None:
    token = token_of(await invite(inside, f"/v1/pins/{await make_pin(inside)}"))
    await give_passwords(inside)
    browser = await signed_in(inside, "dan")
    async with nothing_happens(inside):
        _, refused = await sign_up(inside, token, "mallory@elsewhere.example")
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
        refused = await browser.call("POST", f"/v1/invitations/{token}/accept")
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
    assert (await sign_up(inside, token))[1].status == 201
    async with nothing_happens(inside):
        _, again = await sign_up(inside, token, "mallory@elsewhere.example")
        assert again.status == 404
        _, unknown = await sign_up(inside, "x" * 32)
        assert unknown.status == 404


async def test_whoever_has_an_account_by_now_accepts_signed_in(inside: Inside) -> None:
    pin_id, board_id = await make_pin(inside), await make_board(inside)
    first = token_of(await invite(inside, f"/v1/pins/{pin_id}"))
    second = token_of(await invite(inside, f"/v1/pinboards/{board_id}", role="editor"))
    browser, _ = await sign_up(inside, first)
    shown = (await browser.call("GET", f"/v1/invitations/{second}")).data
    assert shown["has_account"] is True
    assert (await browser.call("GET", f"/v1/pinboards/{board_id}")).status == 404
    accepted = await browser.call("POST", f"/v1/invitations/{second}/accept")
    assert (accepted.status, accepted.data["role"]) == (200, "editor")
    assert accepted.data["thing_id"] == board_id
    assert (await browser.call("GET", f"/v1/pinboards/{board_id}")).data["role"] == "editor"
    assert (await browser.call("POST", f"/v1/invitations/{second}/accept")).status == 404


async def test_a_stream_sees_the_role_that_was_accepted(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    first = token_of(await invite(inside, f"/v1/pins/{await make_pin(inside)}"))
    second = token_of(await invite(inside, f"/v1/pins/{pin_id}"))
    browser, made = await sign_up(inside, first)
    inside.cast["eve"] = inside.cast["ada"]
    key = await browser.call("POST", "/v1/api-keys", {"name": "eve", "scopes": ["*"]})
    inside.cast["eve"] = type(inside.cast["ada"])(
        "eve", made.data["id"], EVE, key.data["key"], key.data["id"]
    )
    async with inside.watching("eve", pins=[pin_id]) as watcher:
        assert watcher.denied == {pin_id}
        await browser.call("POST", f"/v1/invitations/{second}/accept")
        await watcher.until(lambda: pin_id in watcher.pins)


async def test_a_link_is_void_once_it_is_old_taken_back_or_its_thing_gone(inside: Inside) -> None:
    async def is_void(token: str, status: int = 404) -> None:
        async with nothing_happens(inside):
            shown = await inside.call("GET", f"/v1/invitations/{token}", who=None)
            _, refused = await sign_up(inside, token)
        assert (shown.status, refused.status) == (status, status)

    pin_id = await make_pin(inside)
    path = f"/v1/pins/{pin_id}"
    first = await invite(inside, path)
    second = await invite(inside, path)  # in its place
    await is_void(token_of(first))
    listed = await ask(inside, "GET", "/v1/invitations")
    assert [(item["id"], item["email"]) for item in listed["items"]] == [(second["id"], EVE)]
    assert "token" not in repr(listed)
    async with nothing_happens(inside):
        gone = await inside.call("DELETE", f"/v1/invitations/{second['id']}", who="ben")
        assert gone.status == 404
    await ask(inside, "DELETE", f"/v1/invitations/{second['id']}")
    await is_void(token_of(second))

    old = await invite(inside, path)
    async with inside.app.parts.database.transaction() as tx:
        await tx.run("UPDATE invitations SET expires_at = expires_at - :days", {"days": 14 * DAY})
    await is_void(token_of(old), 410)

    last = await invite(inside, path)
    await ask(inside, "DELETE", path)
    await is_void(token_of(last))


async def test_a_key_looks_after_invitations_to_what_it_may_share(inside: Inside) -> None:
    told = {
        kind: await invite(inside, f"/v1/{kind}/{await MAKERS[kind](inside)}") for kind in KINDS
    }
    for scope, kind in (
        ("pins:share", "pins"),
        ("pinboards:invite", "pinboards"),
        ("pages:write", "pages"),
    ):
        key = await bring_key(inside, "ada", scope)
        listed = await ask(inside, "GET", "/v1/invitations", who=key)
        assert [item["id"] for item in listed["items"]] == [told[kind]["id"]]
        other = next(other for other in KINDS if other != kind)
        async with nothing_happens(inside):
            path = f"/v1/invitations/{told[other]['id']}"
            refused = await inside.call("DELETE", path, who=key)
        assert (refused.status, refused.code) == (403, "SCOPE_REQUIRED")
    reads = await bring_key(inside, "ada", "pins:read", "pinboards:read", "pages:read")
    assert (await ask(inside, "GET", "/v1/invitations", who=reads))["total"] == 0


async def test_everybody_looks_after_what_they_sent_themselves(inside: Inside) -> None:
    pin, page, bens = await make_pin(inside), await make_page(inside), await make_pin(inside, "ben")
    first = await invite(inside, f"/v1/pins/{pin}")
    second = await invite(inside, f"/v1/pages/{page}", "fay@elsewhere.example")
    of_ben = await invite(inside, f"/v1/pins/{bens}", who="ben")

    async def sent(who: str) -> list[str]:
        listed = await ask(inside, "GET", "/v1/invitations", who=who)
        assert listed["total"] == len(listed["items"])
        return [item["id"] for item in listed["items"]]

    assert await sent("ada") == [second["id"], first["id"]], "the newest first"
    assert await sent("ben") == [of_ben["id"]]
    assert await sent("dan") == []
    shown = await inside.call("GET", f"/v1/invitations/{token_of(of_ben)}", who=None)
    assert (shown.status, shown.data["invited_by"]) == (200, "Ben"), "who is no admin"
    narrow = await bring_key(inside, "ada", "pins:share", "pages:write", resources=[page])
    assert await sent(narrow) == [second["id"]]
    # With a thing that goes for good go the invitations to it, and no others.
    for kind, thing, after in (("pins", pin, [second["id"]]), ("pages", page, [])):
        await ask(inside, "DELETE", f"/v1/{kind}/{thing}")
        await ask(inside, "DELETE", f"/v1/bin/{thing}")
        await sweep(inside.app.parts.database, "node_test", now() - KEPT)
        assert (await sent("ada"), await sent("ben")) == (after, [of_ben["id"]])


async def test_only_so_many_invitations_wait(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 2)
    path = f"/v1/pins/{await make_pin(inside)}"
    for name in ("eve", "fay"):
        await invite(inside, path, f"{name}@elsewhere.example")
    waiting = (await ask(inside, "GET", path + "/collaborators"))["items"]
    assert [one["email"].partition("@")[0] for one in waiting] == ["fay", "eve"]
    async with nothing_happens(inside):
        body = {"email": "gus@elsewhere.example", "role": "viewer"}
        refused = await inside.call("POST", path + "/collaborators", body)
    assert (refused.status, refused.code) == (409, "CONFLICT")
    bens = f"/v1/pins/{await make_pin(inside, 'ben')}"
    await invite(inside, bens, who="ben")  # each for themselves
    async with inside.app.parts.database.transaction() as tx:  # what is too old waits no more
        await tx.run("UPDATE invitations SET expires_at = expires_at - :days", {"days": 14 * DAY})
    await invite(inside, path, "gus@elsewhere.example")


@pytest.mark.parametrize("kind", KINDS)
async def test_the_invited_stand_among_the_people_and_are_changed_like_them(
    inside: Inside, kind: str
) -> None:
    thing_id = await MAKERS[kind](inside)
    path = f"/v1/{kind}/{thing_id}"
    await give_role(inside, kind, thing_id, "ben", "editor")
    await give_role(inside, kind, thing_id, "cleo", "viewer")
    told = await invite(inside, path)
    people = path + "/collaborators"
    for who in ("ada", "ben"):
        listed = await ask(inside, "GET", people, who=who)
        assert (listed["total"], listed["items"][0]["status"]) == (3, "pending")
        assert "invite_url" not in listed["items"][0]
        parts = [await ask(inside, "GET", f"{people}?limit=1&offset={n}", who=who) for n in (0, 2)]
        assert [part["items"][0]["email"] for part in parts] == [
            EVE, listed["items"][2]["email"],
        ]  # fmt: skip
    assert (await ask(inside, "GET", people, who="cleo"))["total"] == 2, "viewers see no e-mails"
    pending = f"{people}/{told['user_id']}"
    async with nothing_happens(inside):
        assert (await inside.call("PUT", pending, {"role": "editor"}, "ben")).status == 403
        assert (await inside.call("DELETE", pending, who="ben")).status == 403
    assert (await ask(inside, "PUT", pending, {"role": "editor"}))["role"] == "editor"
    browser, _ = await sign_up(inside, token_of(told))
    assert (await browser.call("GET", path)).data["role"] == "editor"
    again = await invite(inside, path, "fay@elsewhere.example")
    await ask(inside, "DELETE", f"{people}/{again['user_id']}")
    assert (await ask(inside, "GET", people))["total"] == 3


async def test_the_pages_family_says_the_same(inside: Inside) -> None:
    path = f"/v1/pages/{await make_page(inside)}"
    sent = await ask(inside, "POST", path + "/invitations/send", {"email": EVE, "role": "viewer"})
    assert sent["status"] == "pending" and token_of(sent)
    body = {"email": inside.cast["ben"].email, "role": "viewer"}
    assert (await ask(inside, "POST", path + "/invitations/send", body))["status"] == "active"
    listed = await ask(inside, "GET", path + "/invitations")
    assert [(person["email"], person["role"]) for person in listed["pending"]] == [(EVE, "viewer")]
    assert [person["user_id"] for person in listed["active"]] == [inside.cast["ben"].user_id]
    changed = f"{path}/users/{inside.cast['ben'].user_id}/role"
    assert (await ask(inside, "PUT", changed, {"role": "editor"}))["role"] == "editor"
    async with nothing_happens(inside):
        other = await inside.call("DELETE", f"{path}/invitations/fay@elsewhere.example")
    assert other.status == 404
    await ask(inside, "DELETE", f"{path}/invitations/{EVE}")
    assert (await ask(inside, "GET", path + "/invitations"))["pending"] == []
    async with nothing_happens(inside):
        assert (await inside.call("DELETE", f"{path}/invitations/{EVE}")).status == 404


async def test_a_pin_is_made_with_the_people_who_shall_see_it(inside: Inside) -> None:
    ben = inside.cast["ben"]
    body = {**stat(1), "pending_invites": {ben.email: "editor", EVE: "viewer"}}
    made = await ask(inside, "POST", "/v1/pins", body)
    assert [(told["email"], told["status"]) for told in made["invites"]] == [
        (ben.email, "active"),
        (EVE, "pending"),
    ]
    assert (await ask(inside, "GET", f"/v1/pins/{made['id']}", who="ben"))["role"] == "editor"
    browser, _ = await sign_up(inside, token_of(made["invites"][1]))
    assert (await browser.call("GET", f"/v1/pins/{made['id']}")).status == 200
    key = await bring_key(inside, "ada", "pins:write")
    for refused, who, status in (
        ({**stat(1), "pending_invites": {EVE: "viewer"}}, key, 403),
        ({**stat(1), "pending_invites": {EVE: "owner"}}, "ada", 400),
        ({**stat(1), "pending_invites": {"nobody": "viewer"}}, "ada", 400),
    ):
        async with nothing_happens(inside):
            assert (await inside.call("POST", "/v1/pins", refused, who)).status == status


async def test_a_repeated_call_does_not_tell_the_link_again(inside: Inside) -> None:
    path = f"/v1/pins/{await make_pin(inside)}/collaborators"
    again = {"idempotency-key": "once"}
    body = {"email": EVE, "role": "viewer"}
    first = await inside.call("POST", path, body, headers=again)
    second = await inside.call("POST", path, body, headers=again)
    assert "invite_url" in first.data and "invite_url" not in second.data
    async with nothing_happens(inside):
        tried = await inside.call("POST", path + "?dry_run=true", {**body, "email": "x@y.example"})
    assert (tried.status, tried.data["dry_run"]) == (201, True)


async def test_only_admins_bring_in_new_people_where_that_is_said(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, invite="admins") as inside:
        path = f"/v1/pins/{await make_pin(inside, who='ben')}"
        async with nothing_happens(inside):
            body = {"email": EVE, "role": "viewer"}
            refused = await inside.call("POST", path + "/collaborators", body, "ben")
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
        # Nor does a key of the admin's that may not do everything.
        own = f"/v1/pins/{await make_pin(inside)}/collaborators"
        sharing = await bring_key(inside, "ada", "pins:share")
        async with nothing_happens(inside):
            refused = await inside.call("POST", own, body, sharing)
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
        known = {"email": inside.cast["cleo"].email, "role": "viewer"}
        assert (await inside.call("POST", path + "/collaborators", known, "ben")).status == 201
        by_admin = await invite(inside, f"/v1/pins/{await make_pin(inside)}")
        later = await invite(inside, f"/v1/pins/{await make_pin(inside)}", "fay@elsewhere.example")
        assert (await sign_up(inside, token_of(by_admin)))[1].status == 201
        # What somebody sent who is no admin any more brings nobody in.
        async with inside.app.parts.database.transaction() as tx:
            ada = inside.cast["ada"].user_id
            await tx.run("UPDATE users SET is_admin = 0 WHERE id = :id", {"id": ada})
        async with nothing_happens(inside):
            _, refused = await sign_up(inside, token_of(later), "fay@elsewhere.example")
        assert refused.status == 404
