"""Reading the number out of a formatted text, as the web app does (`web/src/lib/pins`)."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pindown_server.pins.types.numbers import number_of


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (42, 42),
        (-0.5, -0.5),
        ("$12,450", 12450),
        ("+23.5%", 23.5),
        ("1.2k", 1200),
        ("€5.310,20", 5310.2),
        ("€1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1 234,5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1'234.50", 1234.5),
        ("1’234.50", 1234.5),
        ("1,234", 1234),
        ("1.234", 1.234),
        ("0,123", 0.123),
        ("1,23", 1.23),
        ("1.234.567", 1_234_567),
        ("1,234,567.8", 1_234_567.8),
        ("−8.9 %", -8.9),
        ("–5", -5),
        ("-$1,200", -1200),
        ("$-1,200", -1200),
        ("(1,200)", -1200),
        ("1.2M", 1_200_000),
        ("12k users", 12_000),
        ("5 k", 5),
        ("$1.2B", 1_200_000_000),
        ("3bn", 3_000_000_000),
        ("512B", 512),
        ("3 of 5", 3),
        ("12 34", 12),
        ("6.02e23", 6.02e23),
        ("38 orders", 38),
        ("+9 since 08:00", 9),
        ("CHF 7", 7),
        ("▲ 4.5", 4.5),
    ],
)
def test_a_number_is_read(value: Any, number: float) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        [],
        {},
        "",
        "–",
        "open",
        "v1.2.3",
        "1.2.3",
        "12:30",
        "2026-11-22",
        "abc123",
        "9" * 81,
        "1e999",
        math.nan,
        math.inf,
        10**400,
    ],
)
def test_nothing_is_made_up(value: Any) -> None:
    assert number_of(value) is None


@given(st.text(max_size=90) | st.text("0123456789.,' -+$€kMBe()", max_size=90))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    number = number_of(text)
    assert number is None or math.isfinite(number)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_what_a_program_writes_is_read_back(number: float) -> None:
    assert number_of(repr(number)) == number


@given(st.integers(-(10**12), 10**12))
def test_grouped_thousands_are_read_back(number: int) -> None:
    assert number_of(f"{number:,}") == number
