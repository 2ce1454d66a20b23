"""`POST /v1/templates/preview`: what a template would show, before anybody sees it."""

from typing import Any

import pytest
from inside import Inside
from scene import ask, bring_key, nothing_happens

PATH = "/v1/templates/preview"


async def test_a_text_is_rendered_with_the_data_that_is_given(inside: Inside) -> None:
    body = {
        "template": "Sold {{total | currency(EUR)}} of {{sales.kinds | length}} kinds, {{nope}}",
        "data": {"total": 12450.5},
        "datasets": {"sales": {"kinds": ["rye", "spelt"]}},
    }
    async with nothing_happens(inside):
        answer = await inside.call("POST", PATH, body)
    assert answer.status == 200
    assert answer.headers["x-ratelimit-token-cost"] == "1"
    assert answer.data == {
        "rendered": "Sold €12,450.50 of 2 kinds, –",
        "rendered_errors": [{"field": "", "name": "nope", "reason": "MISSING"}],
        "names": ["nope", "sales.kinds", "total"],
        "missing": ["nope"],
    }


async def test_a_config_is_rendered_as_its_type_says(inside: Inside) -> None:
    config = {
        "level": "info",
        "title": "{{who}} & co",
        "message": "Hello {{who}}",
        "actions": [{"label": "Open", "url": "https://shop.example/{{who}}"}],
    }
    body = {"template": config, "pin_type": "alert-action", "data": {"who": "*Ada*"}}
    answer = await ask(inside, "POST", PATH, body)
    assert answer["rendered"]["title"] == "*Ada* & co"
    assert answer["rendered"]["message"] == "Hello \\*Ada\\*"
    assert answer["rendered"]["actions"][0]["url"] == "https://shop.example/%2AAda%2A"
    assert answer["rendered_errors"] == []


async def test_what_does_not_fit_once_it_is_rendered_is_told(inside: Inside) -> None:
    config = {"cards": "{{cards}}"}
    body = {"template": config, "pin_type": "stat-cards", "data": {"cards": [{"title": "a"}]}}
    answer = await ask(inside, "POST", PATH, body)
    assert answer["rendered"] == {"cards": [{"title": "a"}]}
    assert answer["rendered_errors"] == [
        {"field": "cards/0/value", "name": "is required", "reason": "PIN_CONFIG_INVALID"}
    ]


async def test_a_number_becomes_a_text_where_only_a_text_fits(inside: Inside) -> None:
    config = {"cards": [{"title": "{{year}}", "value": "{{year}}"}]}
    body = {"template": config, "pin_type": "stat-cards", "data": {"year": 2026}}
    answer = await ask(inside, "POST", PATH, body)
    assert answer["rendered"] == {"cards": [{"title": "2026", "value": 2026}]}
    assert answer["rendered_errors"] == []


async def test_a_text_may_be_tried_at_a_place(inside: Inside) -> None:
    body = {"template": "{{x}}!", "place": "markdown", "data": {"x": "$5 *now*"}}
    assert (await ask(inside, "POST", PATH, body))["rendered"] == "\\$5 \\*now\\*!"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "template"),
        ({"template": "x", "place": "html"}, "place"),
        ({"template": "x", "datasets": []}, "datasets"),
        ({"template": "x", "pin_type": "nonsense"}, "pin_type"),
        ({"template": "x", "with": {}}, "with"),
    ],
)
async def test_what_cannot_be_asked_is_refused(inside: Inside, body: Any, field: str) -> None:
    answer = await inside.call("POST", PATH, body)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")
    assert answer.json["error"]["details"]["field"] == field


async def test_names_are_looked_for_among_ones_own_datasets(inside: Inside) -> None:
    sales = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 12}})
    await ask(inside, "POST", "/v1/datasets", {"name": "Secret", "data": {"pin": 1}}, "ben")
    text = "{{sales.total}} {{dataset.current." + sales["id"] + ".total}} {{secret.pin}}"
    answer = await ask(inside, "POST", PATH, {"template": text})
    assert (answer["rendered"], answer["missing"]) == ("12 12 –", ["secret.pin"])
    body = {"template": text, "datasets": {"sales": {"total": 99}}}
    assert (await ask(inside, "POST", PATH, body))["rendered"] == "99 12 –"
    bare = {"template": "{{total}}", "dataset_id": "sales"}
    assert (await ask(inside, "POST", PATH, bare))["rendered"] == 12
    assert (await inside.call("POST", PATH, bare, "ben")).status == 404
    narrow = await bring_key(inside, "ada", "datasets:read", resources=["p-000000000000"])
    assert (await ask(inside, "POST", PATH, {"template": text}, narrow))["rendered"] == "– – –"
    assert (await inside.call("POST", PATH, bare, narrow)).status == 404


async def test_no_template_names_more_than_a_thousand_things(inside: Inside) -> None:
    text = "".join("{{n" + str(number) + "}}" for number in range(1_001))
    refused = await inside.call("POST", PATH, {"template": text})
    assert refused.json["error"]["details"]["field"] == "template"


async def test_it_takes_a_key_that_may_read_datasets(inside: Inside) -> None:
    reader = await bring_key(inside, "ada", "datasets:read")
    other = await bring_key(inside, "ada", "pins:write")
    body = {"template": "{{x}}", "data": {"x": 1}}
    assert (await inside.call("POST", PATH, body, reader)).data["rendered"] == 1
    refused = await inside.call("POST", PATH, body, other)
    assert (refused.status, refused.code) == (403, "SCOPE_REQUIRED")
    assert (await inside.call("POST", PATH, body, None)).status == 401


async def test_a_bomb_ends(inside: Inside) -> None:
    loop = "{{#each rows}}" * 4 + "x" + "{{/each}}" * 4
    answer = await ask(inside, "POST", PATH, {"template": loop, "data": {"rows": [1] * 1_000}})
    assert [problem["reason"] for problem in answer["rendered_errors"]] == ["LIMIT"]
    assert answer["rendered"].endswith("…")


async def test_an_idempotency_key_changes_nothing(inside: Inside) -> None:
    headers = {"idempotency-key": "again"}
    for value in (1, 2):
        body = {"template": "{{x}}", "data": {"x": value}}
        answer = await inside.call("POST", PATH, body, headers=headers)
        assert answer.data["rendered"] == value
        assert "idempotency-replayed" not in answer.headers
