"""What has no room beside the rest: answers, snapshots and frames that hold much, and then no more."""

import asyncio
from typing import Any

import pytest
from inside import Inside, stat
from pindown_server.door import turns
from pindown_server.pins import drawing, past, room
from pindown_server.pins.batch import routes as batch
from pindown_server.sharing import redraw, snapshot
from scene import ask, make_board, place

LARGE = "x" * 3_000
ROWS = {"rows": ["y" * 100] * 20}


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for 2,500 bytes as stored and 5,000 as drawn, in place of MiBs."""
    for module in (room, past, redraw):
        monkeypatch.setattr(module, "MOST_READ", 2_500)
    monkeypatch.setattr(room, "FEW", 1)
    monkeypatch.setattr(batch, "MOST_ANSWERED", 2_500)
    monkeypatch.setattr(drawing, "MOST_DRAWN", 5_000)


async def _text(inside: Inside, text: str, title: str = "Text") -> str:
    body = {"pin_type": "markdown", "content": text, "metadata": {"title": title}}
    made: str = (await ask(inside, "POST", "/v1/pins", body))["id"]
    return made


async def _drawing(inside: Inside) -> list[str]:
    """Three pins of a few words that draw 2 kB each."""
    await ask(inside, "POST", "/v1/datasets", {"name": "Much", "data": ROWS})
    body = {
        "pin_type": "json-viewer",
        "content": {"data": "{{much.rows}}"},
        "metadata": {"title": "{{much.rows | length}} rows"},
    }
    return [(await ask(inside, "POST", "/v1/pins", body))["id"] for _ in range(3)]


def _left_out(views: list[Any]) -> list[str]:
    """The ids of what is left out, which says nothing; everything else says something."""
    left_out = [view for view in views if view.get("left_out")]
    for view in views:
        assert (view["pin_config"] is None) == (view in left_out)
    assert all(view["blocks"] == [] and "history" not in view for view in left_out)
    return [view["id"] for view in left_out]


async def test_a_pinboard_shows_its_small_pins_whole_and_large_ones_by_their_titles(
    inside: Inside,
) -> None:
    large = await _text(inside, LARGE, "Large")
    small = [await _text(inside, "small") for _ in range(3)]
    board = await make_board(inside, is_public=True)
    for pin in (large, *small):
        await place(inside, board, pin)
    shared = await ask(inside, "GET", f"/v1/shared/pinboards/{board}", who=None)
    assert (set(shared["pins"]), _left_out(shared["views"])) == ({large, *small}, [large])
    async with inside.watching(pinboards=[board]) as watcher:
        assert _left_out(watcher.named("snapshot")[0]["pins"]) == [large]
        assert watcher.pins[large]["title"] == "Large"
        await ask(inside, "PUT", f"/v1/pins/{large}", {"content": LARGE + "y"})
        await watcher.until(lambda: watcher.pins[large]["version"] == 2)
        assert watcher.pins[large]["pin_config"] == {"content": LARGE + "y"}
        assert "left_out" not in watcher.pins[large]
    alone = await ask(inside, "GET", f"/v1/pins/{large}")
    assert alone["content"] == LARGE + "y"


async def test_pins_that_are_watched_one_by_one_have_the_same_room(inside: Inside) -> None:
    large, small = await _text(inside, LARGE), await _text(inside, "small")
    async with inside.watching(pins=[large, small]) as watcher:
        assert _left_out(watcher.named("snapshot")[0]["pins"]) == [large]
    async with inside.watching(pins=[large]) as watcher:
        assert _left_out(watcher.named("snapshot")[0]["pins"]) == []


async def test_a_page_has_the_same_room(inside: Inside) -> None:
    large, small = await _text(inside, LARGE), await _text(inside, "small")
    body = {"metadata": {"title": "Page"}, "pins": [large, small]}
    page = (await ask(inside, "POST", "/v1/pages", body))["id"]
    await ask(inside, "POST", f"/v1/pages/{page}/publish")
    shared = await ask(inside, "GET", f"/v1/shared/pages/{page}", who=None)
    assert _left_out(shared["views"]) == [large]
    listed = await ask(inside, "GET", f"/v1/pages/{page}/pins")
    assert [item["id"] for item in listed["items"]] == [large, small]


async def test_a_batch_names_what_it_left_out_and_another_call_has_it(inside: Inside) -> None:
    large, small = await _text(inside, LARGE), await _text(inside, "small")
    path = "/v1/pins/batch/get"
    some = await ask(inside, "POST", path, {"pin_ids": [large, small, "p-nowhere"]})
    assert [pin["id"] for pin in some["found"]] == [small]
    assert (some["left_out"], some["not_found"]) == ([large], ["p-nowhere"])
    rest = await ask(inside, "POST", path, {"pin_ids": [large]})
    assert [pin["content"] for pin in rest["found"]] == [LARGE]
    assert rest["left_out"] == []


async def test_a_stream_watches_pinboards_and_pages_with_so_many_pins(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "MOST_PINS", 2)
    pins = [await _text(inside, "small") for _ in range(3)]
    boards = [await make_board(inside) for _ in range(2)]
    for board, pin in zip([boards[0], boards[0], boards[1]], pins, strict=True):
        await place(inside, board, pin)
    body = {"metadata": {"title": "Page"}, "pins": pins}
    page = (await ask(inside, "POST", "/v1/pages", body))["id"]
    both = f"pinboards={boards[0]},{boards[1]}"
    for asked, field in ((both, "pinboards"), (f"pages={page}", "pages")):
        refused = await inside.call("GET", "/v1/live?" + asked)
        assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
        assert refused.json["error"]["details"]["field"] == field
    assert inside.app.parts.hub.viewer_count == 0
    async with inside.watching(pinboards=boards[:1], pins=pins) as watcher:
        assert set(watcher.pins) == set(pins)


async def test_what_few_words_draw_has_an_end_too(inside: Inside) -> None:
    pins = await _drawing(inside)
    async with inside.watching(pins=pins) as watcher:
        assert _left_out(watcher.named("snapshot")[0]["pins"]) == pins[2:]
        assert {pin["title"] for pin in watcher.pins.values()} == {"20 rows"}
        await ask(inside, "PUT", "/v1/datasets/much", {"data": {"rows": ["z" * 100] * 21}})
        await watcher.until(lambda: watcher.named("frame"))
        (frame,) = watcher.named("frame")
        assert {(pin["title"], pin["version"]) for pin in frame["pins"]} == {("21 rows", 2)}
        assert (len(frame["pins"]), len(_left_out(frame["pins"]))) == (3, 1)
    found = await ask(inside, "POST", "/v1/pins/batch/get", {"pin_ids": pins})
    assert ([pin["id"] for pin in found["found"]], found["left_out"]) == (pins[:1], pins[1:])
    alone = await ask(inside, "GET", f"/v1/pins/{pins[2]}")
    assert alone["rendered"] == {"data": ["z" * 100] * 21}


async def test_a_frame_has_room_for_what_is_stored(inside: Inside) -> None:
    await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"total": 1}})
    large = await _text(inside, "{{sales.total}}" + LARGE)
    small = await _text(inside, "{{sales.total}}")
    async with inside.watching(pins=[large, small]) as watcher:
        await ask(inside, "PUT", "/v1/datasets/sales", {"data": {"total": 2}})
        await watcher.until(lambda: watcher.named("frame"))
        (frame,) = watcher.named("frame")
        assert (len(frame["pins"]), _left_out(frame["pins"])) == (2, [large])
        assert watcher.pins[small]["pin_config"] == {"content": "2"}


async def test_a_pinboard_as_it_was_has_the_same_room(inside: Inside) -> None:
    large, small = await _text(inside, LARGE), await _text(inside, "small")
    board = await make_board(inside)
    await place(inside, board, large)
    await place(inside, board, small)
    at = (await ask(inside, "GET", f"/v1/pinboards/{board}"))["updated_at"]
    await ask(inside, "PUT", f"/v1/pins/{small}", {"content": "later"})
    was = await ask(inside, "GET", f"/v1/pinboards/{board}?as_of={at}")
    assert _left_out(was["views"]) == [large]
    (whole,) = [view for view in was["views"] if view["id"] == small]
    assert whole["pin_config"] == {"content": "small"}


async def test_lists_and_searches_show_titles_as_they_are_drawn(inside: Inside) -> None:
    pins = await _drawing(inside)
    listed = await ask(inside, "GET", "/v1/pins")
    assert {pin["rendered_title"] for pin in listed["items"]} == {"20 rows"}
    found = await ask(inside, "GET", "/v1/search?q=rows")
    assert {item["id"] for item in found["items"] if item["kind"] == "pin"} == set(pins)


async def test_what_takes_much_memory_waits_for_its_turn(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LIGHT", 100)
    pins, plain = await _drawing(inside), await _text(inside, "plain")
    waiting = inside.app.parts.turns
    async with waiting.take(1_000), waiting.take(1_000):
        listed = asyncio.ensure_future(ask(inside, "GET", "/v1/pins"))
        await asyncio.wait([listed], timeout=0)
        assert (await ask(inside, "GET", f"/v1/pins/{plain}"))["content"] == "plain"
        assert not listed.done()
    assert [pin["id"] for pin in (await listed)["items"]] == [plain, *reversed(pins)]


async def test_more_than_memory_holds_is_refused_and_can_be_asked_again(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LIGHT", 100)
    monkeypatch.setattr(turns, "MOST_HELD", 2_000)
    pins, plain = await _drawing(inside), await _text(inside, "plain")
    board = await make_board(inside, is_public=True)
    await place(inside, board, pins[0])
    body = {"pin_ids": pins}
    async with inside.app.parts.turns.take(1_000):
        for method, path, said in (
            ("GET", f"/v1/live?pins={pins[0]}", None),
            ("GET", f"/v1/shared/pinboards/{board}", None),
            ("POST", "/v1/pins/batch/get", body),
        ):
            refused = await inside.call(method, path, said)
            assert (refused.status, refused.code) == (503, "UNAVAILABLE"), path
            assert int(refused.headers["retry-after"]) > 0
        assert inside.app.parts.hub.viewer_count == 0
        async with inside.watching(pins=[plain]) as watcher:
            assert watcher.pins[plain]["pin_config"] == {"content": "plain"}
    assert (await ask(inside, "POST", "/v1/pins/batch/get", body))["found"][0]["id"] == pins[0]


async def test_small_things_are_whole(inside: Inside) -> None:
    made = [(await ask(inside, "POST", "/v1/pins", stat(value)))["id"] for value in range(3)]
    found = await ask(inside, "POST", "/v1/pins/batch/get", {"pin_ids": made})
    assert [pin["content"] for pin in found["found"]] == [stat(v)["content"] for v in range(3)]
    assert found["left_out"] == []
