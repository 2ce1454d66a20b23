"""`/v1/api-keys`: made, listed, changed, rotated, revoked; and who a key lets in."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, give_passwords, signed_in
from inside import Answer, Inside, running, stat
from noting import Noted, Noting, NotingReader
from pindown_server.clock import DAY, HOUR, iso, now
from pindown_server.storage import Database, Reader
from scene import bring_key, nothing_happens

SECRET = re.compile(r"pk_live_[A-Za-z0-9]{32}")


@pytest.fixture
async def ada(inside: Inside) -> Browser:
    await give_passwords(inside)
    return await signed_in(inside)


async def with_key(inside: Inside, key: str, method: str, path: str, body: Any = None) -> Answer:
    headers = {"authorization": "Bearer " + key}
    return await inside.call(method, path, body, who=None, headers=headers)


async def make(browser: Browser, **wanted: Any) -> Any:
    answer = await browser.call(
        "POST", "/v1/api-keys", {"name": "a key", "scopes": ["pins:write"], **wanted}
    )
    assert answer.status == 201, answer.body
    return answer.data


async def keys_of(browser: Browser) -> dict[str, Any]:
    listed = await browser.call("GET", "/v1/api-keys")
    return {item["id"]: item for item in listed.data["items"]}


async def test_a_key_is_shown_once_and_opens_what_its_scopes_say(
    inside: Inside, ada: Browser
) -> None:
    made = await make(ada, name="Production Automation", scopes=["pins:write", "pins:write"])
    assert SECRET.fullmatch(made["key"])
    assert made["scopes"] == ["pins:write"]
    assert made["hint"] == made["key"][:12] + "…" + made["key"][-4:]

    listed = await ada.call("GET", "/v1/api-keys")
    assert made["key"] not in listed.body.decode()
    assert listed.data["items"][0]["name"] == "Production Automation"

    assert (await with_key(inside, made["key"], "POST", "/v1/pins", stat(1))).status == 201
    assert (await with_key(inside, made["key"], "GET", "/v1/pins")).status == 200
    refused = await with_key(inside, made["key"], "GET", "/v1/api-keys")
    assert (refused.status, refused.code) == (403, "SCOPE_REQUIRED")


async def test_the_newest_key_is_listed_first_and_only_ones_own(
    inside: Inside, ada: Browser
) -> None:
    first, second = await make(ada, name="first"), await make(ada, name="second")
    async with inside.app.parts.database.transaction() as tx:  # within one ms they may be made
        for later, key in ((9, first), (18, second)):
            values = {"id": key["id"], "later": later}
            sql = "UPDATE api_keys SET created_at = created_at + :later WHERE id = :id"
            await tx.run(sql, values)
    items = (await ada.call("GET", "/v1/api-keys?limit=2")).data["items"]
    assert [item["id"] for item in items] == [second["id"], first["id"]]
    dan = await signed_in(inside, "dan")
    assert set(await keys_of(dan)) == {inside.cast["dan"].key_id}


@pytest.mark.parametrize(
    "given",
    [
        "Bearer pk_live_" + "x" * 32,
        "Bearer pk_live_",
        "Bearer ",
        "Bearer",
        "",
        "Basic YTpi",
        "Bearer pk_live_" + "x" * 31 + "é",
        "Bearer pk_live_" + "x" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["/v1/pins", "/v1/auth/state"])
async def test_a_key_that_is_none_is_refused_even_where_anybody_may_pass(
    inside: Inside, given: str, path: str
) -> None:
    refused = await inside.call("GET", path, who=None, headers={"authorization": given})
    assert (refused.status, refused.code) == (401, "UNAUTHORIZED")
    assert refused.headers["www-authenticate"] == "Bearer"


async def test_a_revoked_key_is_useless_at_once_and_its_streams_end(
    inside: Inside, ada: Browser
) -> None:
    pin_id = (await inside.call("POST", "/v1/pins", stat(1))).data["id"]
    own = inside.cast["ada"].key_id
    async with inside.watching("ada", pins=[pin_id]) as watcher:
        assert (await ada.call("DELETE", f"/v1/api-keys/{own}")).data == {"id": own}
        await watcher.until(lambda: watcher.is_closed)
        assert watcher.events[-1] == ("denied", {})
    refused = await inside.call("PUT", f"/v1/pins/{pin_id}", {"content": stat(2)["content"]})
    assert (refused.status, refused.code) == (401, "UNAUTHORIZED")
    assert own not in await keys_of(ada)


class Interrupted(Noting):
    """A store in which something happens between the look at who calls and whatever follows it.

    What looks at the store in the background is not meant: only the look that joins `owned`,
    keys or sessions, with their people.
    """

    owned = ""
    meanwhile: Callable[[], Awaitable[object]] | None = None

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        noted: Noted = {}
        async with self.inner.reader() as reader:
            yield NotingReader(reader, noted)  # type: ignore[misc]  # it stands before one
        if self.meanwhile and any(f"users.id = {self.owned}.user_id" in sql for sql in noted):
            happens, self.meanwhile = self.meanwhile, None
            await happens()


@pytest.mark.parametrize("kind", ["key", "session"])
async def test_what_ends_while_it_is_looked_up_is_not_remembered(
    tmp_path: Path, database_url: str, kind: str
) -> None:
    stores: list[Interrupted] = []

    def seen_through(database: Database) -> Interrupted:
        stores.append(Interrupted(database))
        return stores[0]

    async with running(tmp_path, database_url, seen_through=seen_through) as inside:
        await give_passwords(inside)
        browser, other = await signed_in(inside), await signed_in(inside)
        path = "/me/sessions" if kind == "session" else "/api-keys/" + inside.cast["ada"].key_id
        stores[0].owned = "sessions" if kind == "session" else "api_keys"
        stores[0].meanwhile = lambda: other.call("DELETE", "/v1" + path)
        caller = browser if kind == "session" else inside
        assert (await caller.call("GET", "/v1/me")).status == 200
        assert stores[0].meanwhile is None
        assert (await caller.call("GET", "/v1/me")).status == 401


async def test_a_rotated_key_has_another_secret_and_the_old_one_is_useless(
    inside: Inside, ada: Browser
) -> None:
    made = await make(ada)
    answer = await ada.call("POST", f"/v1/api-keys/{made['id']}/rotate")
    assert answer.status == 200
    assert SECRET.fullmatch(answer.data["key"])
    assert answer.data["id"] == made["id"]
    assert (await with_key(inside, made["key"], "GET", "/v1/pins")).status == 401
    assert (await with_key(inside, answer.data["key"], "GET", "/v1/pins")).status == 200


async def test_changing_a_key_counts_from_its_next_call(inside: Inside, ada: Browser) -> None:
    name = await bring_key(inside, "ada", "pins:write")
    pin_id = (await inside.call("POST", "/v1/pins", stat(1), name)).data["id"]
    path = f"/v1/api-keys/{inside.cast[name].key_id}"
    async with inside.watching(name, pins=[pin_id]) as watcher:
        assert (await ada.call("PATCH", path, {"name": "only looks"})).data["name"] == "only looks"
        await inside.call("PUT", f"/v1/pins/{pin_id}", stat(2))
        await watcher.until(lambda: watcher.named("pin"))
        assert not watcher.is_closed, "another name ends nothing"
        changed = await ada.call("PATCH", path, {"scopes": ["pins:read"]})
        assert (changed.data["name"], changed.data["scopes"]) == ("only looks", ["pins:read"])
        await watcher.until(lambda: watcher.is_closed)
        assert watcher.events[-1] == ("denied", {})
    async with nothing_happens(inside):
        refused = await inside.call("POST", "/v1/pins", stat(1), name)
    assert (refused.status, refused.code) == (403, "SCOPE_REQUIRED")
    assert (await inside.call("GET", "/v1/pins", who=name)).data["total"] == 1


async def test_an_answer_can_be_changed_and_sent_back(inside: Inside, ada: Browser) -> None:
    made = await make(ada)
    shown = (await keys_of(ada))[made["id"]]
    answer = await ada.call("PATCH", f"/v1/api-keys/{made['id']}", {**shown, "name": "another"})
    assert answer.status == 200, answer.body
    assert answer.data == {**shown, "name": "another"}


async def test_a_key_ends_at_its_expiry(inside: Inside, ada: Browser) -> None:
    made = await make(ada, expires_at=iso(now() + DAY))
    assert (await with_key(inside, made["key"], "GET", "/v1/pins")).status == 200
    async with inside.app.parts.database.transaction() as tx:
        await tx.run("UPDATE api_keys SET expires_at = :at WHERE id = :id",
                     {"id": made["id"], "at": now() - 1})  # fmt: skip
    inside.app.parts.callers.forget()
    refused = await with_key(inside, made["key"], "GET", "/v1/pins")
    assert (refused.status, refused.code) == (401, "UNAUTHORIZED")
    assert "expired" in refused.json["error"]["message"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scopes": ["pins:write", "pins:all"]}, "scopes/1"),
        ({"scopes": []}, "scopes"),
        ({"scopes": "pins:write"}, "scopes"),
        ({"name": ""}, "name"),
        ({"name": "\u200b "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"resources": []}, "resources"),
        ({"resources": ["usr_abc"]}, "resources/0"),
        ({"expires_at": 1}, "expires_at"),
        ({"expires_at": "next year"}, "expires_at"),
        ({"tier": "golden"}, "tier"),
        ({"secret": "x"}, "secret"),
    ],
)
async def test_a_key_that_cannot_be_is_refused_by_field(
    ada: Browser, wrong: dict[str, Any], field: str
) -> None:
    before = await keys_of(ada)
    body = {"name": "a key", "scopes": ["pins:write"], **wrong}
    refused = await ada.call("POST", "/v1/api-keys", body)
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
    assert refused.json["error"]["details"]["field"] == field
    assert await keys_of(ada) == before


async def test_an_unknown_scope_is_told_with_those_there_are(ada: Browser) -> None:
    refused = await ada.call("POST", "/v1/api-keys", {"name": "a", "scopes": ["pins"]})
    expected = refused.json["error"]["details"]["expected"]
    assert {"pins:read", "pins:write", "*"} <= set(expected.split(" | "))


async def test_a_key_makes_only_keys_that_end_no_later(inside: Inside, ada: Browser) -> None:
    end = now() + DAY
    own = (await make(ada, scopes=["*"], expires_at=end))["key"]
    before = await keys_of(ada)
    for later in (None, end + 1):
        body = {"name": "b", "scopes": ["*"], "expires_at": later}
        refused = await with_key(inside, own, "POST", "/v1/api-keys", body)
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
    assert await keys_of(ada) == before
    made = await with_key(inside, own, "POST", "/v1/api-keys", {"name": "b", "scopes": ["*"]})
    assert made.data["expires_at"] == end


async def test_a_key_changes_and_rotates_no_wider_key(inside: Inside, ada: Browser) -> None:
    own = (await make(ada, scopes=["*"], expires_at=now() + DAY))["key"]
    wider = inside.cast["ada"].key_id
    before = await keys_of(ada)
    for method, path, body in [
        ("POST", f"/v1/api-keys/{wider}/rotate", None),
        ("PATCH", f"/v1/api-keys/{wider}", {"name": "mine"}),
        ("PATCH", f"/v1/api-keys/{wider}", {"expires_at": now() + HOUR}),
    ]:
        refused = await with_key(inside, own, method, path, body)
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
    after = await keys_of(ada)
    assert {**after[wider], "last_used_at": 0} == {**before[wider], "last_used_at": 0}
    assert (await inside.call("GET", "/v1/pins")).status == 200


async def test_a_key_makes_neither_itself_nor_another_wider(inside: Inside, ada: Browser) -> None:
    end = now() + DAY
    own, other = [await make(ada, scopes=["*"], expires_at=end, tier="team") for _ in range(2)]
    wider = ({"expires_at": None}, {"expires_at": end + 1}, {"tier": None}, {"tier": "self-hosted"})
    async with nothing_happens(inside):
        for key in (own, other):
            for changes in wider:
                path = f"/v1/api-keys/{key['id']}"
                refused = await with_key(inside, own["key"], "PATCH", path, changes)
                assert (refused.status, refused.code) == (403, "FORBIDDEN"), changes


async def test_a_key_of_a_small_tier_makes_none_of_a_larger(inside: Inside, ada: Browser) -> None:
    own = (await make(ada, scopes=["*"], tier="team"))["key"]
    made = await with_key(inside, own, "POST", "/v1/api-keys", {"name": "b", "scopes": ["*"]})
    assert made.data["tier"] == "team"
    before = await keys_of(ada)
    for tier in ("self-hosted", None):
        body = {"name": "b", "scopes": ["*"], "tier": tier}
        refused = await with_key(inside, own, "POST", "/v1/api-keys", body)
        assert (refused.status, refused.code) == (403, "FORBIDDEN")
    assert await keys_of(ada) == before


async def test_a_narrowed_key_has_nothing_to_do_with_keys(inside: Inside, ada: Browser) -> None:
    pin_id = (await inside.call("POST", "/v1/pins", stat(1))).data["id"]
    own = await make(ada, scopes=["*"], resources=[pin_id, pin_id])
    assert own["resources"] == [pin_id]
    before = await keys_of(ada)
    for method, path, body in [
        ("GET", "/v1/api-keys", None),
        ("POST", "/v1/api-keys", {"name": "b", "scopes": ["pins:read"]}),
        ("PATCH", f"/v1/api-keys/{own['id']}", {"resources": None}),
        ("POST", f"/v1/api-keys/{own['id']}/rotate", None),
        ("DELETE", f"/v1/api-keys/{inside.cast['ada'].key_id}", None),
        ("GET", "/v1/users", None),
        ("PATCH", "/v1/me", {"name": "Mallory"}),
    ]:
        refused = await with_key(inside, own["key"], method, path, body)
        assert (refused.status, refused.code) == (403, "FORBIDDEN"), (method, path)
    assert await keys_of(ada) == before
    assert (await with_key(inside, own["key"], "GET", "/v1/pins")).data["total"] == 1


async def test_other_peoples_keys_do_not_exist(inside: Inside, ada: Browser) -> None:
    made = await make(ada)
    for method, path, body in [
        ("PATCH", f"/v1/api-keys/{made['id']}", {"name": "mine"}),
        ("DELETE", f"/v1/api-keys/{made['id']}", None),
        ("POST", f"/v1/api-keys/{made['id']}/rotate", None),
    ]:
        refused = await inside.call(method, path, body, who="dan")
        assert (refused.status, refused.code) == (404, "NOT_FOUND")
    assert (await keys_of(ada))[made["id"]]["name"] == "a key"
    assert (await with_key(inside, made["key"], "GET", "/v1/pins")).status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("POST", ""), ("GET", "/current"), ("PATCH", "/key_x"), ("DELETE", "/key_x")],
)
async def test_visitors_have_no_keys(inside: Inside, method: str, path: str) -> None:
    refused = await inside.call(method, "/v1/api-keys" + path, who=None)
    assert (refused.status, refused.code) == (401, "UNAUTHORIZED")


@pytest.mark.usefixtures("one_minute")
async def test_any_key_is_told_its_own_scopes_tier_and_budget(inside: Inside, ada: Browser) -> None:
    made = await make(ada, scopes=["pins:read"], tier="hobby")
    current = await with_key(inside, made["key"], "GET", "/v1/api-keys/current")
    assert current.status == 200
    assert (current.data["id"], current.data["scopes"]) == (made["id"], ["pins:read"])
    assert current.data["tier"] == "hobby"
    for window, limit in (("hour", 3000), ("minute", 50)):
        told = current.data["budget"][window]
        assert told["limit"] == limit
        header = current.headers["x-ratelimit-remaining-" + window]
        assert told["remaining"] == int(header) == limit - 1
        assert told["reset_at"] == current.headers["x-ratelimit-reset-" + window]
    assert made["key"] not in current.body.decode()
    assert (await ada.call("GET", "/v1/api-keys/current")).status == 404


async def test_when_a_key_was_used_is_written_down(inside: Inside, ada: Browser) -> None:
    made = await make(ada)
    assert (await keys_of(ada))[made["id"]]["last_used_at"] is None
    started = now()
    await with_key(inside, made["key"], "GET", "/v1/pins")
    await inside.app._callers.save_last_used()
    assert started <= (await keys_of(ada))[made["id"]]["last_used_at"] <= now()


async def test_of_a_secret_only_a_digest_is_stored(inside: Inside, ada: Browser) -> None:
    made = await make(ada)
    async with inside.app.parts.database.reader() as reader:
        rows = await reader.rows("SELECT * FROM api_keys", {})
    assert made["key"] not in repr(rows)
