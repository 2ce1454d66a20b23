"""What of the past is kept: the rules by themselves."""

from hypothesis import given
from hypothesis import strategies as st
from pindown_server.clock import DAY, HOUR, MINUTE
from pindown_server.retention import Kept, Stage, read_rules, thin
from pindown_server.settings import Settings

NOW = 1_795_000_000_000
MINUTES, HOURS, END = read_rules(Settings()).stages

PAST = st.lists(st.tuples(st.integers(0, 100 * DAY), st.booleans()), min_size=1, max_size=120).map(
    lambda rows: [
        Kept(number, at, at, int(by_person), 1)
        for number, (at, by_person) in enumerate(
            sorted((NOW - age, by_person) for age, by_person in rows), 1
        )
    ]
)


def thinned(rows: list[Kept], slice_of: int, stages: tuple[Stage, ...]) -> list[Kept]:
    """What is left, thinned slice by slice as the store does it."""
    for stage in stages:
        mark = 0
        while True:
            part = [row for row in rows if row.key >= mark][:slice_of]
            found = thin(part, stage, NOW, is_all=len(part) < slice_of)
            gone = set(found.doomed)
            rows = [row for row in rows if row.key not in gone]
            if not found.goes_on:
                break
            assert found.mark is not None
            assert found.mark > mark, "each slice gets further"
            mark = found.mark
    return rows


@given(rows=PAST, slice_of=st.integers(2, 40))
def test_what_is_kept_does_not_depend_on_the_slices(rows: list[Kept], slice_of: int) -> None:
    stages = (MINUTES, HOURS, END)
    assert thinned(rows, slice_of, stages) == thinned(rows, 10_000, stages)


@given(rows=PAST)
def test_the_last_of_each_stretch_stays_and_whatever_people_did(rows: list[Kept]) -> None:
    left = thinned(rows, 10_000, (MINUTES, HOURS, END))
    assert left[-1] == rows[-1], "what is shown now"
    keys = {row.key for row in left}
    for row in rows:
        age = NOW - row.at
        same = [
            other
            for other in rows
            if other.key > row.key
            and other.at // MINUTE == row.at // MINUTE
            and NOW - other.at > HOUR + MINUTE
        ]
        if row.by_person or age < HOUR or (age < 2 * DAY and not same):
            assert row.key in keys
        elif HOUR + 2 * MINUTE < age < 90 * DAY and same:
            assert row.key not in keys


def test_the_ages_are_those_that_are_promised() -> None:
    every_ten_seconds = [
        Kept(number, NOW - 91 * DAY + number * 10_000, NOW - 91 * DAY + number * 10_000, 0, 1)
        for number in range(91 * 8640)
    ]
    left = thinned(every_ten_seconds, 1_000_000, (MINUTES, HOURS, END))
    ages = [NOW - row.at for row in left]
    assert sum(age <= HOUR for age in ages) == 360
    assert abs(sum(HOUR < age <= 2 * DAY for age in ages) - 47 * 60) <= 60
    # Of the hour that is not over at the border its minutes are still there.
    assert 0 <= sum(2 * DAY < age <= 90 * DAY for age in ages) - 88 * 24 <= 60
    assert sum(age > 90 * DAY for age in ages) == 1, "what was true when the rest began"


def test_values_that_came_at_once_stay_where_they_were_observed_apart() -> None:
    came = NOW - 3 * HOUR
    late = [Kept(n, came, came - (200 - n) * MINUTE, 0, 1) for n in range(100)]
    assert thinned(late, 7, (MINUTES,)) == late


def test_when_there_is_more_to_do() -> None:
    young = [Kept(1, NOW - 30 * MINUTE, NOW, 0, 1), Kept(2, NOW, NOW, 0, 1)]
    found = thin(young, MINUTES, NOW, is_all=True)
    assert (found.doomed, found.mark, found.goes_on) == ([], None, False)
    assert found.due == NOW + 30 * MINUTE + MINUTES.pause
    old = [Kept(1, NOW - 2 * HOUR, NOW, 0, 1)]
    found = thin(old, MINUTES, NOW, is_all=True)
    assert (found.doomed, found.mark, found.due) == ([], 1, None), "a silent pin is left alone"
