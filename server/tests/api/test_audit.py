"""Who did what is written down with it, for them and for admins, such as Ada."""

from typing import Any

import pytest
from inside import Inside, stat
from pindown_server.audit import entry, store, sweep
from pindown_server.clock import now
from pindown_server.people import attempts
from pindown_server.tiers import Tier
from scene import ask, bring_key, give_role, make_board, make_pin

TRIED = "?dry_run=true"


async def audit(inside: Inside, who: str = "ada", query: str = "") -> list[Any]:
    """The entries that somebody sees, oldest first."""
    items: list[Any] = (await ask(inside, "GET", "/v1/audit" + query, who=who))["items"]
    return items[::-1]


async def test_keys_are_told_from_beginning_to_end_without_their_secrets(inside: Inside) -> None:
    body = {"name": "Till at the harbour", "scopes": ["pins:write"]}
    made = await ask(inside, "POST", "/v1/api-keys", body)
    path = f"/v1/api-keys/{made['id']}"
    await ask(inside, "PATCH", path, {"scopes": ["pins:read"]})
    rotated = await ask(inside, "POST", path + "/rotate")
    await ask(inside, "DELETE", path)
    entries = await audit(inside)
    told = ["key.created", "key.changed", "key.rotated", "key.revoked"]
    assert [told["what"] for told in entries] == told
    assert {told["thing_id"] for told in entries} == {made["id"]}
    ada = inside.cast["ada"]
    assert {told["by"]["key_id"] for told in entries} == {ada.key_id}
    assert {told["by"]["user_id"] for told in entries} == {ada.user_id}
    assert entries[0]["address"] == "127.0.0.1"
    assert entries[0]["details"] == {"scopes": ["pins:write"]}
    assert entries[1]["details"]["scopes"] == ["pins:read"]
    text = repr(entries)
    assert not any(secret in text for secret in (made["key"], rotated["key"], "Till"))


@pytest.mark.parametrize("kind", ["pin", "pinboard"])
async def test_sharing_is_told(inside: Inside, kind: str) -> None:
    thing = await make_pin(inside) if kind == "pin" else await make_board(inside)
    path, ben = f"/v1/{kind}s/{thing}", inside.cast["ben"].user_id
    await give_role(inside, kind + "s", thing, "ben", "viewer")
    await ask(inside, "PUT", f"{path}/collaborators/{ben}", {"role": "editor"})
    await ask(inside, "DELETE", f"{path}/collaborators/{ben}")
    await ask(inside, "POST", path + "/share", {"is_public": True, "allow_comments": False})
    await ask(inside, "PUT", path, {"is_public": False, "title": "Other"})
    await ask(inside, "PUT", path, {"is_public": False, "title": "Third"})  # no change of sharing
    await ask(inside, "DELETE", path)
    entries = await audit(inside, query=f"?thing_id={thing}")
    assert [(told["what"].partition(".")[2], told["details"]) for told in entries] == [
        ("collaborator_added", {"user_id": ben, "role": "viewer"}),
        ("role_changed", {"user_id": ben, "role": "editor"}),
        ("collaborator_removed", {"user_id": ben}),
        ("shared", {"is_public": True}),
        ("shared", {"is_public": False}),
        ("deleted", {}),
    ]


async def test_signing_in_is_told_to_the_one_who_did(inside: Inside) -> None:
    body = {"email": "eve@harbour.example", "password": "correct horse battery"}
    eve = await ask(inside, "POST", "/v1/users", {**body, "tier": "hobby"})
    wrong = {**body, "password": "wrong horse battery"}
    assert (await inside.call("POST", "/v1/auth/sign-in", wrong, who=None)).status == 401
    answer = await inside.call("POST", "/v1/auth/sign-in", body, who=None)
    cookie = answer.headers["set-cookie"].partition(";")[0]
    own = {"cookie": cookie, "origin": "http://127.0.0.1:8000"}
    seen = await inside.call("GET", "/v1/audit", who=None, headers=own)
    told = seen.data["items"]
    nobody, herself = {"user_id": None, "key_id": None}, {"user_id": eve["id"], "key_id": None}
    assert [(entry["what"], entry["by"], entry["address"]) for entry in told] == [
        ("session.started", herself, "127.0.0.1"),
        ("session.refused", nobody, "127.0.0.1"),
        ("account.created", told[2]["by"], None),  # not where the admin was
    ]
    assert {entry["thing_id"] for entry in told} == {eve["id"]}
    await inside.call("POST", "/v1/auth/sign-out", who=None, headers=own)
    told = await audit(inside, query=f"?user_id={eve['id']}")
    assert [entry["what"] for entry in told] == ["session.started", "session.ended"]
    of_kind = await audit(inside, query=f"?what=session.*&user_id={eve['id']}")
    assert of_kind == told
    assert await audit(inside, query=f"?what=sess.*&user_id={eve['id']}") == []
    created = (await audit(inside, query="?what=account.created"))[0]
    assert created["details"] == {"tier": "hobby", "is_admin": False}
    assert (created["thing_id"], created["by"]["user_id"]) == (
        eve["id"],
        inside.cast["ada"].user_id,
    )


@pytest.mark.usefixtures("one_minute")
async def test_a_few_failed_tries_at_a_name_are_told_whether_there_is_such_an_account(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "NOTES", Tier(per_hour=2, per_minute=2))
    dan = inside.cast["dan"]
    for email in (dan.email, "nobody@harbour.example"):
        for _ in range(3):
            body = {"email": email, "password": "a guess at it"}
            assert (await inside.call("POST", "/v1/auth/sign-in", body, who=None)).status == 401
    told = await audit(inside, query="?what=session.refused")
    assert [entry["thing_id"] for entry in told] == [dan.user_id, dan.user_id, None, None]
    assert "nobody@" not in repr(told)
    own = await audit(inside, "dan")
    assert [(entry["what"], entry["address"]) for entry in own] == 2 * [
        ("session.refused", "127.0.0.1")
    ]
    assert await audit(inside, "ben") == []


async def test_others_see_their_own_and_admins_all(inside: Inside) -> None:
    for who in ("ada", "ben"):
        await ask(inside, "DELETE", f"/v1/pins/{await make_pin(inside, who)}", who=who)
    ada, ben = [inside.cast[who].user_id for who in ("ada", "ben")]
    for query in ("", f"?user_id={ben}"):
        told = await audit(inside, "ben", query)
        assert [entry["by"]["user_id"] for entry in told] == [ben]
    refused = await inside.call("GET", f"/v1/audit?user_id={ada}", who="ben")
    assert (refused.status, refused.code) == (403, "FORBIDDEN")
    assert len(await audit(inside)) == 2  # the first account is the admin
    assert len(await audit(inside, query=f"?user_id={ben}")) == 1


async def test_only_whole_keys_read_it(inside: Inside) -> None:
    pin = await make_pin(inside)
    for name in (
        await bring_key(inside, "ada", "pins:write"),
        await bring_key(inside, "ada", "*", resources=[pin]),
    ):
        assert (await inside.call("GET", "/v1/audit", who=name)).status == 403
    assert (await inside.call("GET", "/v1/audit", who=None)).status == 401


async def test_what_was_not_done_is_not_told_and_what_was_repeated_once(inside: Inside) -> None:
    pin, other = await make_pin(inside), await make_pin(inside)
    key = {"idempotency-key": "k"}
    await inside.call("DELETE", f"/v1/pins/{pin}{TRIED}")
    await inside.call("DELETE", f"/v1/pins/{pin}", who="ben")
    await inside.call("POST", f"/v1/pins/{pin}/share{TRIED}", {"is_public": True})
    assert await audit(inside) == []
    for _ in range(2):
        await inside.call("DELETE", f"/v1/pins/{pin}", headers=key)
    await inside.call("DELETE", "/v1/pins/batch", {"pin_ids": [other, pin]})
    told = [(told["what"], told["thing_id"]) for told in await audit(inside)]
    assert told == [("pin.deleted", pin), ("pin.deleted", other)]


async def test_a_push_is_not_told(inside: Inside) -> None:
    pin = await make_pin(inside)
    await ask(inside, "PUT", f"/v1/pins/{pin}", stat(2))
    await ask(inside, "PATCH", f"/v1/pins/{pin}", {"title": "Other"})
    assert await audit(inside) == []


async def test_entries_page(inside: Inside) -> None:
    for _ in range(3):
        await ask(inside, "DELETE", f"/v1/pins/{await make_pin(inside)}")
    everything = await ask(inside, "GET", "/v1/audit")
    page = await ask(inside, "GET", "/v1/audit?limit=1&offset=1")
    assert page["items"] == everything["items"][1:2]
    assert (page["total"], page["limit"], page["offset"]) == (3, 1, 1)


async def test_the_old_and_the_many_are_forgotten(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_PER_USER", 2)
    database = inside.app.parts.database
    pins = [await make_pin(inside) for _ in range(4)]
    for number, pin in enumerate(pins):
        await ask(inside, "DELETE", f"/v1/pins/{pin}")
        async with database.transaction() as tx:  # not all in one millisecond
            values = {"at": now() - 1000 + number, "pin": pin}
            await tx.run("UPDATE audit SET at = :at WHERE thing_id = :pin", values)
    assert [told["thing_id"] for told in await audit(inside)] == pins[2:]
    async with database.transaction() as tx:
        values = {"at": now() - entry.KEPT_FOR, "pin": pins[2]}
        await tx.run("UPDATE audit SET at = :at WHERE thing_id = :pin", values)
    await sweep.sweep(database, now() - entry.KEPT_FOR)
    assert [told["thing_id"] for told in await audit(inside)] == [pins[3]]


async def test_what_somebody_did_stays_when_they_are_gone(inside: Inside) -> None:
    await ask(inside, "DELETE", f"/v1/pins/{await make_pin(inside, 'dan')}", who="dan")
    dan = inside.cast["dan"].user_id
    await ask(inside, "DELETE", f"/v1/users/{dan}")
    assert [told["what"] for told in await audit(inside)] == ["pin.deleted", "account.removed"]
