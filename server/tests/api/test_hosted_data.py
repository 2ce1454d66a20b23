"""What is publicly known of the hosted service's datasets, variables and blocks, fact by fact."""

from typing import Any

import pytest
from facts import CARD, TITLED, fits, ms
from inside import Inside
from scene import ask, make_pin

SALES = {"name": "Q4 Sales", "type": "json", "data": {"total": 1000, "share": 0.235}}
NOTES = {"name": "Notes", "type": "markdown", "data": "# Done", "description": "d"}


async def test_datasets_are_json_or_markdown(inside: Inside) -> None:
    for sent in (SALES, NOTES):
        made = await ask(inside, "POST", "/v1/datasets", sent)
        path = f"/v1/datasets/{made['id']}"
        fits(await ask(inside, "GET", path), {**sent, "created_at": ms, "updated_at": ms})
        fits(await ask(inside, "PUT", path, {"data": sent["data"]}), {"id": made["id"]})
    listed = await ask(inside, "GET", "/v1/datasets")
    fits(listed, {"items": [{"name": "Notes"}, {"name": "Q4 Sales"}], "total": 2})
    assert (await inside.call("DELETE", path)).status == 200
    assert (await ask(inside, "GET", "/v1/datasets"))["total"] == 1


VARIABLES = {
    "{{q4_sales.total}}": 1000,
    "{{ q4_sales.total }}": 1000,
    "{{datasets.q4_sales.total}}": 1000,
    "{{q4_sales.total | currency}}": "$1,000.00",
    "{{ q4_sales.share|percentage }}": "23.5%",
    "{{q4_sales.share | percent}}": "23.5%",
    "Sold {{q4_sales.total}} of {{q4_sales.total}}": "Sold 1000 of 1000",
    "Sold {{q4_sales.total | sparkle}}": "Sold 1000",
}


async def test_cards_say_what_the_dataset_says_and_follow_it(inside: Inside) -> None:
    dataset = await ask(inside, "POST", "/v1/datasets", SALES)
    cards: list[dict[str, Any]] = [{"title": text, "value": text} for text in VARIABLES]
    pin = (await ask(inside, "POST", "/v1/pins", {**CARD, "content": {"cards": cards}, **TITLED}))[
        "id"
    ]
    read = await ask(inside, "GET", f"/v1/pins/{pin}")
    assert read["content"] == {"cards": cards}, "what is written stays as written"
    shown = [card["value"] for card in read["rendered"]["cards"]]
    assert dict(zip(VARIABLES, shown, strict=True)) == VARIABLES
    more = {"data": {"total": 2000, "share": 0.235}}
    await ask(inside, "PUT", f"/v1/datasets/{dataset['id']}", more)
    later = await ask(inside, "GET", f"/v1/pins/{pin}")
    assert later["rendered"]["cards"][0]["value"] == 2000


BLOCKS: dict[str, Any] = {
    "markdown": {"text": "# Done"},
    "code": {"code": "print(1)", "language": "python"},
    "image": {"url": "https://shop.example/a.png", "alt": "A"},
    "image-steps": {"title": "How", "steps": [{"title": "First", "text": "Open"}]},
    "mermaid": {"source": "graph TD; A-->B"},
    "conditional": {"when": "1 > 0", "then": "yes", "else": "no"},
}


@pytest.mark.parametrize("kind", BLOCKS)
async def test_blocks_of_each_kind_belong_to_a_pin(inside: Inside, kind: str) -> None:
    path = f"/v1/pins/{await make_pin(inside)}/blocks"
    sent = {"type": kind, "content": BLOCKS[kind]}
    first = await ask(inside, "POST", path, sent)
    second = await ask(inside, "POST", path, sent)
    await ask(inside, "POST", path + "/reorder", {"order": [second["id"], first["id"]]})
    listed = await ask(inside, "GET", path)
    fits(listed, {"items": [{"id": second["id"], **sent}, {"id": first["id"], **sent}]})
    assert (await inside.call("DELETE", f"{path}/{second['id']}")).status == 200
    fits(await ask(inside, "GET", path), {"items": [{"id": first["id"]}]})
