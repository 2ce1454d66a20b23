"""Blocks that draw from datasets: what is shown, to whom, and what never is."""

from typing import Any

import pytest
from inside import Inside
from scene import ask, make_pin

SALES = {
    "total": 12,
    "is_closed": False,
    "steps": [
        {"title": "One", "text": "<b>*do*</b>", "image": "https://a.example/b.png"},
        {"title": 2, "image": "javascript:alert(1)"},
        {"title": ["x"], "text": {"a": 1}, "image": {"url": "/c.png"}},
        "no step",
    ],
    "rows": [1, 2],
    "bad": "javascript:alert(1)",
    "climb": "../../v1/me",
    "quote": "}}{{#if true}}",
}


async def _dataset(inside: Inside, **data: Any) -> str:
    body = {"name": "sales", "data": {**SALES, **data}}
    dataset_id: str = (await ask(inside, "POST", "/v1/datasets", body))["id"]
    return dataset_id


async def _pin_with(inside: Inside, kind: str, content: Any, **more: Any) -> str:
    """A public pin of Ada's with one block."""
    pin = await make_pin(inside, is_public=True)
    body = {"type": kind, "content": content, **more}
    await ask(inside, "POST", f"/v1/pins/{pin}/blocks", body)
    return pin


async def _shown(inside: Inside, pin: str, who: str | None = None) -> Any:
    """What a visitor, or somebody, sees in the block's place."""
    path = f"/v1/shared/pins/{pin}" if who is None else f"/v1/pins/{pin}"
    ((block,)) = (await ask(inside, "GET", path, who=who))["blocks"]
    return block["rendered"]


async def _errors(inside: Inside, pin: str) -> set[str]:
    shown = await ask(inside, "GET", f"/v1/pins/{pin}")
    return {error["reason"] for error in shown["rendered_errors"]}


@pytest.mark.parametrize(
    ("kind", "content", "shown"),
    [
        ("markdown", {"text": "{{sales.total}} sold"}, {"text": "12 sold"}),
        ("markdown", {"text": "{{sales.total}}"}, {"text": "12"}),
        ("markdown", "{{sales.total}}", {"text": "12"}),
        ("markdown", {"text": "{{sales.rows}}"}, {"text": ""}),
        ("code", {"code": "x = {{sales.total}}"}, {"code": "x = 12"}),
        ("mermaid", {"source": "a --> {{sales.total}}"}, {"source": "a --> 12"}),
        ("image", {"url": "/{{sales.total}}.png"}, {"url": "/12.png"}),
        ("image", {"url": "{{sales.bad}}", "alt": "{{sales.total}}"}, {"alt": "12"}),
        ("image", {"file_id": "{{sales.climb}}"}, {}),
        ("image", {"url": "/a.png", "width": "{{sales.bad}}"}, {"url": "/a.png"}),
        ("conditional", {"when": "sales.total > 10", "then": "A", "else": "B"}, {"text": "A"}),
        ("conditional", {"when": "{{sales.is_closed}}", "then": "A", "else": "B"}, {"text": "B"}),
        ("conditional", {"when": "not sales.is_closed", "then": "A"}, {"text": "A"}),
        ("conditional", {"when": "sales.is_closed", "then": "A"}, {"text": ""}),
        ("conditional", {"when": "true", "then": "{{sales.total}}"}, {"text": "12"}),
        ("conditional", "{{#if sales.is_closed}}A{{else}}B{{/if}}", {"text": "B"}),
        ("image-steps", {"steps": "{{sales.missing}}"}, {"steps": []}),
    ],
)
async def test_blocks_show_what_datasets_say(
    inside: Inside, kind: str, content: Any, shown: Any
) -> None:
    await _dataset(inside)
    pin = await _pin_with(inside, kind, content)
    for who in (None, "ada", "dan"):
        assert await _shown(inside, pin, who) == shown


async def test_steps_out_of_a_dataset_are_made_to_fit(inside: Inside) -> None:
    await _dataset(inside)
    pin = await _pin_with(inside, "image-steps", {"title": "Go", "steps": "{{sales.steps}}"})
    shown = await _shown(inside, pin)
    assert [step.get("title") for step in shown["steps"]] == ["One", "2", None]
    assert [step.get("image") for step in shown["steps"]] == [
        {"url": "https://a.example/b.png"},
        None,
        {"url": "/c.png"},
    ]
    assert "javascript" not in repr(shown)
    assert "<b>" not in repr(shown)
    assert {"UNSAFE_URL", "BLOCK_CONTENT_INVALID"} <= await _errors(inside, pin)


@pytest.mark.parametrize(
    "when",
    [
        "sales.nothing",
        "sales.total >",
        ")(",
        "sales.quote == ",
        "1}}1{{/if}}{{#if sales.is_closed",
        "}}",
        "{{sales.is_closed",
        "x" * 1000,
        "((((" * 200,
        "sales.is_closed}}{{/if}}{{#each sales.rows}}{{this}}{{/each}}{{#if sales.is_closed",
    ],
)
async def test_an_expression_that_means_nothing_does_not_hold(inside: Inside, when: str) -> None:
    await _dataset(inside)
    pin = await _pin_with(inside, "conditional", {"when": when, "then": "SECRET", "else": "open"})
    assert await _shown(inside, pin) == {"text": "open"}
    assert "SECRET" not in repr(await ask(inside, "GET", f"/v1/pins/{pin}", who="dan"))


@pytest.mark.parametrize(
    "broken",
    ["{{/if}}", "{{else}}", "{{#if true}}", "{{#each sales.rows}}", "{{", "{{sales.quote}}"],
)
async def test_a_broken_text_does_not_bring_the_other_one_out(inside: Inside, broken: str) -> None:
    await _dataset(inside)
    for when, content in (
        ("sales.is_closed", {"then": "SECRET " + broken, "else": "open"}),
        ("sales.is_closed", {"then": "SECRET", "else": "open " + broken}),
        ("sales.total", {"then": "open " + broken, "else": "SECRET"}),
        ("sales.total", {"then": "open", "else": broken + " SECRET"}),
    ):
        pin = await _pin_with(inside, "conditional", {"when": when, **content})
        shown = await ask(inside, "GET", f"/v1/shared/pins/{pin}", who=None)
        assert "open" in shown["blocks"][0]["rendered"]["text"]
        assert "SECRET" not in repr(shown)


async def test_a_datasets_change_turns_a_conditional_for_everyone_who_watches(
    inside: Inside,
) -> None:
    dataset = await _dataset(inside)
    content = {"when": "sales.is_closed", "then": "closed", "else": "open"}
    pin = await _pin_with(inside, "conditional", content)
    async with inside.watching(None, pins=[pin]) as watcher:
        assert watcher.pins[pin]["blocks"][0]["rendered"] == {"text": "open"}
        version = watcher.pins[pin]["version"]
        await ask(inside, "PATCH", f"/v1/datasets/{dataset}", {"data": {"is_closed": True}})
        await watcher.until(lambda: watcher.pins[pin]["version"] > version)
        assert watcher.pins[pin]["blocks"][0]["rendered"] == {"text": "closed"}
    assert [kind for kind, _ in watcher.events] == ["snapshot", "frame"]


async def test_names_of_blocks_are_drawn_as_well(inside: Inside) -> None:
    await _dataset(inside)
    pin = await _pin_with(inside, "markdown", "text", name="{{sales.total}} loaves")
    for who, name in (("ada", "{{sales.total}} loaves"), ("dan", "12 loaves")):
        (block,) = (await ask(inside, "GET", f"/v1/pins/{pin}", who=who))["blocks"]
        (alone,) = (await ask(inside, "GET", f"/v1/pins/{pin}/blocks", who=who))["items"]
        assert (block["name"], alone["name"]) == (name, name)


async def test_strangers_bring_no_dataset_into_a_block(inside: Inside) -> None:
    await _dataset(inside)
    pin = await make_pin(inside, is_public=True, allow_edit=True)
    for body in (
        {"type": "markdown", "content": {"text": "{{sales.total}}"}},
        {"type": "conditional", "content": {"when": "sales.total", "then": "TOLD", "else": "no"}},
        {"type": "image", "content": {"url": "/{{sales.total}}.png"}, "name": "{{sales.total}}"},
    ):
        answer = await inside.call("POST", f"/v1/pins/{pin}/blocks", body, "dan")
        assert answer.status == 201
    shown = await ask(inside, "GET", f"/v1/shared/pins/{pin}", who=None)
    said = repr([(block["name"], block["rendered"]) for block in shown["blocks"]])
    assert "12" not in said
    assert "TOLD" not in said
    assert await _errors(inside, pin) >= {"DATASET_NOT_ALLOWED"}
