"""The grid's rule: its properties on thousands of layouts, and the cases the web app shares."""

from itertools import pairwise
from typing import Any

import grid_cases
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pindown_server.pinboards import grid
from pindown_server.pinboards.grid import Box, Layout

COLUMNS = st.sampled_from((grid.DESKTOP, grid.PHONE))
IDS = st.sampled_from("abcdefghij")


def boxes(columns: int) -> st.SearchStrategy[Box]:
    def of_width(w: int) -> st.SearchStrategy[Box]:
        corners = st.tuples(st.integers(0, columns - w), st.integers(0, 20), st.integers(1, 8))
        return corners.map(lambda at: Box(x=at[0], y=at[1], w=w, h=at[2]))

    return st.integers(1, columns).flatmap(of_width)


@st.composite
def boards(draw: st.DrawFn) -> tuple[Layout, Layout, int]:
    """A layout as it may be stored, and what is asked of it."""
    columns = draw(COLUMNS)
    wishes = st.dictionaries(IDS, boxes(columns), max_size=10)
    return grid.patch({}, draw(wishes), columns), draw(wishes), columns


def slots(box: Box) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(box["x"], box["x"] + box["w"])
        for y in range(box["y"], box["y"] + box["h"])
    }


def overlap(one: Box, other: Box) -> bool:
    return not slots(one).isdisjoint(slots(other))


def assert_lies_well(layout: Layout, columns: int) -> None:
    taken = [slot for box in layout.values() for slot in slots(box)]
    assert len(taken) == len(set(taken)), "pins overlap"
    assert all(0 <= x < columns and y >= 0 for x, y in taken), "a pin leaves the grid"
    assert list(layout) == grid.reading_order(layout)


def assert_moved_only_as_needed(before: Layout, after: Layout, pin_id: str) -> None:
    """Only down, and at each row it passed something lies that would have been in its way."""
    old, new = before[pin_id], after[pin_id]
    assert (new["x"], new["w"], new["h"]) == (old["x"], old["w"], old["h"])
    assert new["y"] >= old["y"]
    others = [box for other, box in after.items() if other != pin_id]
    for y in range(old["y"], new["y"]):
        passed = Box(x=old["x"], y=y, w=old["w"], h=old["h"])
        assert any(overlap(passed, other) for other in others)


@given(boards())
def test_named_pins_get_their_places_and_the_rest_makes_room(
    board: tuple[Layout, Layout, int],
) -> None:
    layout, wishes, columns = board
    after = grid.patch(layout, wishes, columns)
    assert_lies_well(after, columns)
    assert set(after) == {*layout, *wishes}
    for pin_id in after:
        assert_moved_only_as_needed(layout | wishes, after, pin_id)
    if wishes:
        first = next(iter(wishes))
        assert after[first] == wishes[first]


@given(boards(), IDS)
def test_a_placed_pin_lies_exactly_where_it_was_put(
    board: tuple[Layout, Layout, int], pin_id: str
) -> None:
    layout, wishes, columns = board
    box = wishes.get(pin_id, Box(x=0, y=0, w=2, h=1))
    after = grid.place(layout, pin_id, box, columns)
    assert after[pin_id] == box
    assert_lies_well(after, columns)
    undisturbed = [
        other
        for other in layout
        if other != pin_id and layout[other]["y"] + layout[other]["h"] <= box["y"]
    ]
    assert all(after[other] == layout[other] for other in undisturbed)


@given(boards())
def test_asking_for_what_is_there_changes_nothing(board: tuple[Layout, Layout, int]) -> None:
    layout, wishes, columns = board
    assert grid.patch(layout, layout, columns) == layout
    assert grid.replace_all(layout, layout, columns) == layout
    for pin_id, box in layout.items():
        assert grid.place(layout, pin_id, box, columns) == layout
    settled = grid.patch(layout, wishes, columns)
    assert grid.patch(settled, settled, columns) == settled


@given(boards())
def test_pins_left_out_of_a_new_layout_go_under_the_rest(
    board: tuple[Layout, Layout, int],
) -> None:
    layout, wishes, columns = board
    after = grid.replace_all(layout, wishes, columns)
    assert_lies_well(after, columns)
    named = grid.patch({}, wishes, columns)
    assert {pin_id: after[pin_id] for pin_id in named} == named
    bottom = max((box["y"] + box["h"] for box in named.values()), default=0)
    placed = dict(named)
    for pin_id in grid.reading_order(layout):
        if pin_id not in wishes:
            size = layout[pin_id]["w"], layout[pin_id]["h"]
            assert after[pin_id] == slowly_first_free(placed, size, columns, bottom)
            placed[pin_id] = after[pin_id]


@given(boards(), st.integers(1, 12), st.integers(1, 8), st.integers(0, 25))
def test_the_first_free_place_is_the_first_that_is_free(
    board: tuple[Layout, Layout, int], w: int, h: int, below: int
) -> None:
    layout, _, columns = board
    size = min(w, columns), h
    found = grid.first_free(layout, size, columns, below)
    assert found == slowly_first_free(layout, size, columns, below)


def slowly_first_free(layout: Layout, size: tuple[int, int], columns: int, below: int) -> Box:
    taken = {slot for box in layout.values() for slot in slots(box)}
    bottom = max((y + 1 for _, y in taken), default=0)
    for y in range(below, max(below, bottom) + 1):
        for x in range(columns - size[0] + 1):
            box = Box(x=x, y=y, w=size[0], h=size[1])
            if taken.isdisjoint(slots(box)):
                return box
    raise AssertionError("under everything there is room")


@given(boards())
def test_a_removed_pin_leaves_a_gap_and_moves_nothing(board: tuple[Layout, Layout, int]) -> None:
    layout, wishes, _ = board
    for pin_id in {*layout, *wishes}:
        after = grid.remove(layout, pin_id)
        assert after == {other: box for other, box in layout.items() if other != pin_id}


def test_collisions_among_the_named_are_settled_in_the_order_given() -> None:
    box = Box(x=0, y=0, w=3, h=2)
    after = grid.patch({"c": box}, {"b": box, "a": box}, grid.DESKTOP)
    assert [(pin_id, box["y"]) for pin_id, box in after.items()] == [("b", 0), ("a", 2), ("c", 4)]


def test_a_push_goes_on_down_the_chain_and_stops_at_the_first_gap() -> None:
    layout = {
        "top": Box(x=0, y=0, w=3, h=2),
        "next": Box(x=0, y=2, w=3, h=2),
        "after the gap": Box(x=0, y=6, w=3, h=2),
        "beside": Box(x=3, y=0, w=3, h=2),
    }
    after = grid.place(layout, "new", Box(x=0, y=0, w=3, h=1), grid.DESKTOP)
    rows = {pin_id: box["y"] for pin_id, box in after.items()}
    assert rows == {"new": 0, "beside": 0, "top": 1, "next": 3, "after the gap": 6}


def test_a_thousand_pins_of_many_sizes_lie_well_far_down() -> None:
    columns = grid.DESKTOP
    wishes = {
        f"p-{n}": Box(x=n % 12, y=grid.LOWEST - n, w=1 + n % (12 - n % 12), h=1 + n % 100)
        for n in range(1000)
    }
    layout = grid.patch({}, wishes, columns)
    assert_lies_well(layout, columns)
    packed = grid.replace_all(layout, {}, columns)
    assert_lies_well(packed, columns)
    assert max(box["y"] for box in packed.values()) < min(box["y"] for box in layout.values())


@pytest.mark.parametrize(
    ("name", "expected"), [("1x1", (3, 2)), ("2x1", (6, 2)), ("1x2", (3, 4)), ("4x4", (12, 8))]
)
def test_a_card_is_three_by_two_slots_on_a_desktop(name: str, expected: grid.Size) -> None:
    assert grid.size_of(name, grid.DESKTOP) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("1x1", (1, 1)), ("3x1", (2, 1)), ("1x2", (1, 2)), ("4x4", (2, 4))]
)
def test_a_card_is_one_slot_on_a_phone_and_two_at_most(name: str, expected: grid.Size) -> None:
    assert grid.size_of(name, grid.PHONE) == expected


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"x": 1}, ["w"]),
        ({"w": 0, "h": 101}, ["w", "h"]),
        ({"x": -1, "y": 1.5}, ["x", "y"]),
        ({"x": True, "w": None}, ["x", "w"]),
    ],
)
def test_a_box_that_does_not_fit_is_refused_by_field(
    change: dict[str, Any], fields: list[str]
) -> None:
    box: dict[str, Any] = {"x": 0, "y": 0, "w": 12, "h": 1, **change}
    assert [problem.field for problem in grid.problems(box, grid.DESKTOP)] == fields


def test_the_seeds_position_fits_both_grids() -> None:
    for columns in (grid.DESKTOP, grid.PHONE):
        assert grid.problems({"x": 0, "y": 0, "w": 2, "h": 1}, columns) == []


def test_reading_order_is_top_to_bottom_then_left_to_right() -> None:
    layout = {
        "c": Box(x=0, y=2, w=3, h=2),
        "b": Box(x=3, y=0, w=3, h=2),
        "a": Box(x=0, y=0, w=3, h=2),
    }
    assert grid.reading_order(layout) == ["a", "b", "c"]


def test_the_cases_shared_with_the_web_app_are_this_rule() -> None:
    assert grid_cases.FILE.read_text() == grid_cases.text(), "run server/tests/pure/grid_cases.py"


def test_the_shared_cases_contain_collisions_and_gaps() -> None:
    placed = [case for case in grid_cases.cases() if case[0] == "place"]
    pushed = [case for case in placed if {**case[1], case[2]: case[3]} != case[5]]
    assert len(pushed) > 30
    rows = [sorted({box[1] for box in case[5].values()}) for case in placed]
    assert any(low - high > 1 for ys in rows for high, low in pairwise(ys))
