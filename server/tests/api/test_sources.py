"""A pin draws only from datasets that its owner let in: by writing their names, and in no other way."""

from typing import Any

import pytest
from inside import Inside, stat
from pindown_server.pins.sources.sources import MOST_NAMES
from scene import ask, bring_key, give_role, make_pin, nothing_happens

DRAWN = {"content": {"cards": [{"title": "A", "value": "{{secret.n}}"}]}}
PLAIN = {"content": {"cards": [{"title": "A", "value": 0}]}}


async def make_dataset(inside: Inside, name: str = "Secret", who: str = "ada", n: Any = 5) -> str:
    made = await ask(inside, "POST", "/v1/datasets", {"name": name, "data": {"n": n}}, who)
    dataset_id: str = made["id"]
    return dataset_id


async def get(inside: Inside, pin: str, who: str = "ada", query: str = "") -> Any:
    return await ask(inside, "GET", f"/v1/pins/{pin}{query}", who=who)


async def shown(inside: Inside, pin: str, who: str = "ada") -> Any:
    """The value of the first card as rendered, and why it is missing."""
    got = await get(inside, pin, who)
    reasons = {error["reason"] for error in got.get("rendered_errors", ())}
    return got["rendered"]["cards"][0]["value"], reasons


async def test_what_the_owner_writes_is_drawn(inside: Inside) -> None:
    await make_dataset(inside)
    pin = await make_pin(inside, value="{{secret.n}}")
    assert await shown(inside, pin) == (5, set())
    got = await get(inside, pin)
    assert got["content"]["cards"][0]["value"] == "{{secret.n}}"
    assert "rendered" not in await get(inside, await make_pin(inside))


async def test_what_an_editor_writes_is_kept_and_not_drawn(inside: Inside) -> None:
    await make_dataset(inside)
    pin = await make_pin(inside)
    await give_role(inside, "pins", pin, "ben", "editor")
    await ask(inside, "PUT", f"/v1/pins/{pin}", DRAWN, "ben")
    assert await shown(inside, pin, "ben") == (None, {"DATASET_NOT_ALLOWED"})
    # Nor does it tell whether there is such a dataset.
    missing = {"content": {"cards": [{"title": "A", "value": "{{nothing.n}}"}]}}
    await ask(inside, "PUT", f"/v1/pins/{pin}", missing, "ben")
    assert await shown(inside, pin, "ben") == (None, {"DATASET_NOT_ALLOWED"})


async def test_an_editors_own_datasets_are_not_drawn_either(inside: Inside) -> None:
    await make_dataset(inside, who="ben")
    pin = await make_pin(inside)
    await give_role(inside, "pins", pin, "ben", "editor")
    await ask(inside, "PUT", f"/v1/pins/{pin}", DRAWN, "ben")
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"allow_sources": ["secret"]}, "ben")
    assert await shown(inside, pin, "ben") == (None, {"DATASET_NOT_ALLOWED"})


async def test_who_sends_a_whole_config_back_has_not_let_in_what_others_wrote(
    inside: Inside,
) -> None:
    await make_dataset(inside)
    pin = await make_pin(inside)
    await give_role(inside, "pins", pin, "ben", "editor")
    await ask(inside, "PUT", f"/v1/pins/{pin}", DRAWN, "ben")
    got = await get(inside, pin)
    got["content"]["cards"][0]["title"] = "B"
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"content": got["content"]})
    await ask(inside, "PATCH", f"/v1/pins/{pin}", {"pin_config": {"note": "x"}})
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"title": "{{secret.n}}"})
    assert await shown(inside, pin, "ben") == (None, {"DATASET_NOT_ALLOWED"})
    saved = await ask(inside, "PUT", f"/v1/pins/{pin}", {"allow_sources": ["secret"]})
    assert saved["revision"] == 6
    assert await shown(inside, pin, "ben") == (5, set())


async def test_once_let_in_it_stays_while_a_text_names_it(inside: Inside) -> None:
    await make_dataset(inside)
    pin = await make_pin(inside, value="{{secret.n}}")
    await give_role(inside, "pins", pin, "ben", "editor")
    other = {"content": {"cards": [{"title": "B", "value": "{{secret.n}}"}]}}
    await ask(inside, "PUT", f"/v1/pins/{pin}", other, "ben")
    assert await shown(inside, pin, "ben") == (5, set())
    await ask(inside, "PUT", f"/v1/pins/{pin}", PLAIN)
    await ask(inside, "PUT", f"/v1/pins/{pin}", DRAWN, "ben")
    assert await shown(inside, pin, "ben") == (None, {"DATASET_NOT_ALLOWED"})


@pytest.mark.parametrize(
    ("scopes", "narrowed", "value"),
    [
        (("pins:write", "datasets:read"), (), 5),
        (("pins:write", "datasets:write"), (), 5),
        (("pins:write",), (), None),
        (("pins:write", "datasets:read"), ("pin", "dataset"), 5),
        (("pins:write", "datasets:read"), ("pin",), None),
        (("pins:write", "datasets:read"), ("pin", "other"), None),
    ],
)
async def test_a_key_lets_in_what_it_may_read(
    inside: Inside, scopes: tuple[str, ...], narrowed: tuple[str, ...], value: Any
) -> None:
    made = {"dataset": await make_dataset(inside), "other": await make_dataset(inside, "Other")}
    made["pin"] = await make_pin(inside)
    resources = [made[name] for name in narrowed] if narrowed else None
    key = await bring_key(inside, "ada", *scopes, resources=resources)
    await ask(inside, "PUT", f"/v1/pins/{made['pin']}", DRAWN, key)
    reasons = set() if value is not None else {"DATASET_NOT_ALLOWED"}
    assert await shown(inside, made["pin"]) == (value, reasons)


async def test_a_limited_key_lets_in_its_dataset_and_not_the_next_of_that_name(
    inside: Inside,
) -> None:
    dataset = await make_dataset(inside)
    pin = await make_pin(inside)
    key = await bring_key(inside, "ada", "pins:write", "datasets:read", resources=[dataset, pin])
    await ask(inside, "PUT", f"/v1/pins/{pin}", DRAWN, key)
    assert await shown(inside, pin) == (5, set())
    await ask(inside, "DELETE", f"/v1/datasets/{dataset}?force=true")
    await make_dataset(inside, n=6)
    assert await shown(inside, pin) == (None, {"DATASET_NOT_ALLOWED"})


async def test_the_pins_own_dataset(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    pin = await make_pin(inside, value="{{n}}")
    await give_role(inside, "pins", pin, "ben", "editor")
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"dataset_id": dataset}, "ben")
    assert await shown(inside, pin) == (None, {"DATASET_NOT_ALLOWED", "MISSING"})
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"dataset_id": None})
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"dataset_id": dataset})
    assert await shown(inside, pin) == (5, set())
    await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"n": 6}})
    assert await shown(inside, pin) == (6, set())
    assert (await get(inside, pin))["version"] == 5
    await ask(inside, "DELETE", f"/v1/datasets/{dataset}?force=true")
    assert await shown(inside, pin) == (None, {"MISSING"})


async def test_titles_and_blocks_and_the_old_forms(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    pin = await make_pin(inside)
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"title": "Now {{secret.n}}"})
    old = "{{dataset.current." + dataset + ".n}}"
    block = {"type": "markdown", "template": old + " and {{datasets.secret.n}}"}
    await ask(inside, "POST", f"/v1/pins/{pin}/blocks", block)
    choice = {"when": "secret.n > 3", "then": "much", "else": "little"}
    await ask(inside, "POST", f"/v1/pins/{pin}/blocks", {"type": "conditional", "content": choice})
    got = await get(inside, pin)
    assert (got["title"], got["rendered_title"]) == ("Now {{secret.n}}", "Now 5")
    assert [part["rendered"]["text"] for part in got["blocks"]] == ["5 and 5", "much"]
    await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"n": 1}})
    got = await get(inside, pin)
    assert got["rendered_title"] == "Now 1"
    assert [part["rendered"]["text"] for part in got["blocks"]] == ["1 and 1", "little"]


async def test_a_block_of_an_editor_draws_nothing(inside: Inside) -> None:
    await make_dataset(inside)
    pin = await make_pin(inside)
    await give_role(inside, "pins", pin, "ben", "editor")
    choice = {"when": "secret.n > 3", "then": "much", "else": "little"}
    for block in (
        {"type": "markdown", "template": "{{secret.n}}"},
        {"type": "conditional", "content": choice},
    ):
        made = await ask(inside, "POST", f"/v1/pins/{pin}/blocks", block, "ben")
        assert "5" not in repr(made["rendered"]) and made["rendered"]["text"] != "much"


async def test_who_may_not_edit_sees_what_is_rendered_and_no_errors(inside: Inside) -> None:
    await make_dataset(inside)
    pin = await make_pin(inside, value="{{secret.n}}")
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"title": "T {{secret.n}} {{gone.x}}"})
    await give_role(inside, "pins", pin, "cleo", "viewer")
    answer = await inside.call("GET", f"/v1/pins/{pin}", who="cleo")
    assert b"{{" not in answer.body and b"secret" not in answer.body
    assert "rendered_errors" not in answer.data
    assert answer.data["content"]["cards"][0]["value"] == 5
    assert answer.data["title"].startswith("T 5")
    listed = await inside.call("GET", "/v1/pins/shared", who="cleo")
    assert b"{{" not in listed.body and b"T 5" in listed.body
    batch = await inside.call("POST", "/v1/pins/batch/get", {"pin_ids": [pin]}, "cleo")
    assert b"{{" not in batch.body and b"rendered_errors" not in batch.body


async def test_etags_tell_states_of_the_datasets_apart(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    pin = await make_pin(inside, value="{{secret.n}}")
    path = f"/v1/pins/{pin}"
    first = (await inside.call("GET", path)).headers["etag"]
    assert first == '"1-1"'
    cached = await inside.call("GET", path, headers={"if-none-match": first})
    assert cached.status == 304
    await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"n": 6}})
    cached = await inside.call("GET", path, headers={"if-none-match": first})
    assert (cached.status, cached.headers["etag"]) == (200, '"1-2"')
    # The revision is what If-Match compares: nobody changed the pin.
    answer = await inside.call("PUT", path, {"description": "x"}, headers={"if-match": first})
    assert (answer.status, answer.headers["etag"]) == (200, '"2-3"')
    async with nothing_happens(inside):
        answer = await inside.call("PUT", path, {"description": "y"}, headers={"if-match": first})
        assert answer.status == 412


async def test_as_of_draws_with_the_datasets_of_then(inside: Inside) -> None:
    dataset = await make_dataset(inside, n=1)
    pin = await make_pin(inside, value="{{secret.n}}")
    then = (await ask(inside, "GET", f"/v1/datasets/{dataset}/revisions"))["items"][0]["at"]
    made = (await get(inside, pin))["created_at"]
    await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"n": 2}, "slug": "renamed"})
    await ask(inside, "PUT", f"/v1/pins/{pin}", PLAIN)
    old = await get(inside, pin, query=f"?as_of={max(then, made)}")
    assert old["rendered"]["cards"][0]["value"] == 1
    await ask(inside, "DELETE", f"/v1/datasets/{dataset}")
    old = await get(inside, pin, query=f"?as_of={max(then, made)}")
    assert old["rendered"]["cards"][0]["value"] == 1
    revision = await ask(inside, "GET", f"/v1/pins/{pin}/revisions/1")
    assert revision["pin"]["rendered"]["cards"][0]["value"] == 1


async def test_restoring_lets_in_what_was_let_in_and_nothing_else(inside: Inside) -> None:
    await make_dataset(inside)
    await make_dataset(inside, "Other")
    pin = await make_pin(inside, value="{{secret.n}}")
    await give_role(inside, "pins", pin, "ben", "editor")
    other = {"content": {"cards": [{"title": "A", "value": "{{other.n}}"}]}}
    await ask(inside, "PUT", f"/v1/pins/{pin}", other, "ben")  # revision 2
    await ask(inside, "PUT", f"/v1/pins/{pin}", PLAIN)
    await ask(inside, "POST", f"/v1/pins/{pin}/revisions/2/restore")
    assert await shown(inside, pin) == (None, {"DATASET_NOT_ALLOWED"})
    await ask(inside, "POST", f"/v1/pins/{pin}/revisions/1/restore", who="ben")
    assert await shown(inside, pin) == (None, {"DATASET_NOT_ALLOWED"})
    await ask(inside, "PUT", f"/v1/pins/{pin}", PLAIN)
    await ask(inside, "POST", f"/v1/pins/{pin}/revisions/1/restore")
    assert await shown(inside, pin) == (5, set())


async def test_what_does_not_fit_its_type_any_more_is_told(inside: Inside) -> None:
    await make_dataset(inside, n=[1])
    rows = {"pin_type": "flexible-table", "content": {"rows": "{{secret.n}}"}}
    made = await ask(inside, "POST", "/v1/pins", {**rows, "metadata": {"title": "T"}})
    (error,) = made["rendered_errors"]
    assert (error["field"], error["reason"]) == ("rows/0", "PIN_CONFIG_INVALID")
    pin = await make_pin(inside, value="{{secret.n}}")
    (error,) = (await get(inside, pin))["rendered_errors"]
    assert error["field"] == "cards/0/value"


async def test_a_number_where_a_text_belongs_becomes_one(inside: Inside) -> None:
    await make_dataset(inside)
    cards = [{"title": "{{secret.n}}", "value": 1}, {"title": "{{secret.x}}", "value": 1}]
    body = {**stat(1), "content": {"cards": cards}}
    made = await ask(inside, "POST", "/v1/pins", body)
    assert [card["title"] for card in made["rendered"]["cards"]] == ["5", "–"]
    assert [error["reason"] for error in made["rendered_errors"]] == ["MISSING"]


async def test_too_many_names_are_refused(inside: Inside) -> None:
    value = "".join(f"{{{{n{number}.x}}}}" for number in range(MOST_NAMES + 1))
    async with nothing_happens(inside):
        answer = await inside.call("POST", "/v1/pins", stat(value))
        assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")


async def test_a_change_raises_those_that_draw_from_it_and_no_others(inside: Inside) -> None:
    dataset = await make_dataset(inside)
    drawing = await make_pin(inside, value="{{secret.n}}")
    others = [await make_pin(inside, value="{{other.n}}"), await make_pin(inside)]
    await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"data": {"n": 6}})
    await ask(inside, "PUT", f"/v1/datasets/{dataset}", {"description": "nothing drawn"})
    assert [(await get(inside, pin))["version"] for pin in (drawing, *others)] == [2, 1, 1]
    assert (await get(inside, drawing))["revision"] == 1


async def test_what_takes_too_long_ends_and_holds_nobody_up(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pindown_server.pins.drawing.MOST_IN_TURNS", 0.3)
    rows = [{"n": number} for number in range(2_000)]
    await ask(inside, "POST", "/v1/datasets", {"name": "Big", "data": {"rows": rows}})
    text = "{{#each big.rows}}{{#each big.rows}}{{n | number(3)}}{{/each}}{{/each}}"
    body = {"pin_type": "markdown", "content": text, "metadata": {"title": "Long"}}
    made = await ask(inside, "POST", "/v1/pins/batch", {"pins": [body] * 40})
    pins = [pin["id"] for pin in made["created"]]
    async with inside.watching(pins=pins) as watcher:
        shown = [watcher.pins[pin]["pin_config"]["content"] for pin in pins]
    assert all(content.endswith("…") for content in shown)
    assert "…" in shown  # not even begun: the others took all there is for one owner
    (error,) = (await get(inside, pins[-1]))["rendered_errors"]
    assert error["reason"] == "LIMIT"


async def test_what_is_drawn_in_one_go_is_bounded(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "three"):
        await make_dataset(inside, name)
    pin = await make_pin(inside, value="{{one.n}}{{two.n}}{{three.n}}")
    monkeypatch.setattr("pindown_server.datasets.store.MOST_DRAWN", len('{"n": 5}') * 2)
    value, reasons = await shown(inside, pin)
    assert (value.count("5"), reasons) == (2, {"MISSING"})
    made = (await get(inside, pin))["created_at"]
    old = await get(inside, pin, query=f"?as_of={made}")
    assert old["rendered"]["cards"][0]["value"].count("5") == 2
