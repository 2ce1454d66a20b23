"""GET /v1/search: what somebody has or was given, by its words."""

from typing import Any
from urllib.parse import quote

import pytest
from inside import Inside, stat
from scene import ask, bring_key, give_role, make_board, make_pin, place


async def _pin(inside: Inside, title: str, who: str = "ada", **more: Any) -> str:
    metadata = {"title": title, **more.pop("metadata", {})}
    body = {**stat(1), "metadata": metadata, **more}
    pin_id: str = (await ask(inside, "POST", "/v1/pins", body, who))["id"]
    return pin_id


async def _find(inside: Inside, text: str, who: str = "ada", more: str = "") -> list[str]:
    page = await ask(inside, "GET", f"/v1/search?q={quote(text)}{more}", who=who)
    assert page["total"] == len(page["items"])
    return [item["id"] for item in page["items"]]


async def test_words_are_found_in_titles_descriptions_and_tags(inside: Inside) -> None:
    titled = await _pin(inside, "Bread sales")
    described = await _pin(inside, "Flour", description="for the sales of bread")
    tagged = await _pin(inside, "Ovens", metadata={"tags": ["Bread", "sales"]})
    board = await make_board(inside, title="All bread sales")
    await _pin(inside, "Bread")
    found = await _find(inside, "BREAD sales")
    assert found[:2] == [titled, board]
    assert set(found[2:]) == {described, tagged}
    (item,) = (await ask(inside, "GET", "/v1/search?q=ovens"))["items"]
    assert item == {
        "kind": "pin",
        "id": tagged,
        "title": "Ovens",
        "description": "",
        "tags": ["Bread", "sales"],
        "role": "owner",
        "updated_at": item["updated_at"],
        "pin_type": "stat-cards",
    }


async def test_all_letters_have_two_cases(inside: Inside) -> None:
    pin = await _pin(inside, "Äpfel und ΣΟΦΙΑ")
    assert await _find(inside, "ÄPFEL") == [pin]
    assert await _find(inside, "äpfel σοφ") == [pin]


@pytest.mark.parametrize("text", ["%", "_", "!", "100%", "a_b", "\\", "'", '"', "[]", ","])
async def test_signs_mean_themselves(inside: Inside, text: str) -> None:
    await _pin(inside, "100 and axb", metadata={"tags": ["one", "two"]})
    assert await _find(inside, text) == []
    pin = await _pin(inside, f"It says {text} here")
    assert await _find(inside, text) == [pin]


async def test_what_was_shared_is_found_and_nothing_else(inside: Inside) -> None:
    mine = await _pin(inside, "Harbour", "dan")
    await _pin(inside, "Harbour, Ada's own")
    await _pin(inside, "Harbour, public", is_public=True)
    shared, opened, closed = [await _pin(inside, f"Harbour {n}") for n in range(3)]
    await give_role(inside, "pins", shared, "dan", "viewer")
    board = await make_board(inside, title="Harbour board")
    await place(inside, board, opened)
    strangers = await _pin(inside, "Harbour of Ben's", "ben", is_public=True)
    await place(inside, board, strangers)
    await ask(inside, "PUT", f"/v1/pins/{strangers}", {"is_public": False}, "ben")
    await give_role(inside, "pinboards", board, "dan", "viewer")
    assert set(await _find(inside, "harbour", "dan")) == {mine, shared, opened, board}
    await ask(inside, "DELETE", f"/v1/pins/{shared}")
    await ask(inside, "DELETE", f"/v1/pinboards/{board}")
    assert await _find(inside, "harbour", "dan") == [mine]
    assert closed not in await _find(inside, "harbour", "dan")


async def test_pages_are_found_and_what_stands_on_them(inside: Inside) -> None:
    pin = await _pin(inside, "Harbour")
    page = (await ask(inside, "POST", "/v1/pages", {"title": "Harbour report"}))["id"]
    await ask(inside, "POST", f"/v1/pages/{page}/pins", {"pin_id": pin})
    assert set(await _find(inside, "harbour")) == {pin, page}
    assert await _find(inside, "harbour", "dan") == []
    await give_role(inside, "pages", page, "dan", "viewer")
    assert set(await _find(inside, "harbour", "dan")) == {pin, page}
    key = await bring_key(inside, "dan", "pages:read")
    assert await _find(inside, "harbour", key) == [page]


async def test_datasets_are_found_by_their_owner(inside: Inside) -> None:
    body = {"name": "Q4 Sales", "data": {"harbour": 1}, "tags": ["ledger"]}
    dataset = (await ask(inside, "POST", "/v1/datasets", body))["id"]
    for text in ("q4 sales", "q4_sales", "ledger"):
        assert await _find(inside, text) == [dataset]
        assert await _find(inside, text, "dan") == []
    (item,) = (await ask(inside, "GET", "/v1/search?q=ledger"))["items"]
    assert (item["kind"], item["title"], item["slug"]) == ("dataset", "Q4 Sales", "q4_sales")
    assert await _find(inside, "harbour") == []  # what it holds is not looked through


async def test_a_key_finds_what_it_may_read(inside: Inside) -> None:
    pin, other = await _pin(inside, "Mill"), await _pin(inside, "Mill two")
    board = await make_board(inside, title="Mill board")
    for scopes, resources, found in (
        (("pins:read",), None, {pin, other}),
        (("pinboards:write",), None, {board}),
        (("datasets:read",), None, set()),
        (("*",), [pin], {pin}),
    ):
        key = await bring_key(inside, "ada", *scopes, resources=resources)
        assert set(await _find(inside, "mill", key)) == found
    assert (await inside.call("GET", "/v1/search?q=mill", who=None)).status == 401


async def test_the_best_come_first_and_not_too_many(inside: Inside) -> None:
    for number in range(3):
        await _pin(inside, f"The mill {number}")
    first = await _pin(inside, "Mill")
    await _pin(inside, "Else", description="mill")
    found = await _find(inside, "mill", more="&limit=2")
    assert found[0] == first
    assert len(found) == 2


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%20", "?q=" + "x" * 201, "?q=x&limit=101", "?q=x&offset=50"]
)
async def test_what_cannot_be_looked_for_is_refused(inside: Inside, query: str) -> None:
    answer = await inside.call("GET", "/v1/search" + query)
    assert (answer.status, answer.code) == (400, "VALIDATION_FAILED")


async def test_nothing_is_found_by_what_is_not_shown(inside: Inside) -> None:
    pin = await make_pin(inside, value="secret value")
    await give_role(inside, "pins", pin, "dan", "viewer")
    assert await _find(inside, "secret", "dan") == []
    assert await _find(inside, "secret") == []
