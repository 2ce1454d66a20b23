"""What a hostile body costs, counted in calls of Python, since those are what others wait for."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from pindown_server.door.body import read, require_safe
from pindown_server.door.patch import apply_operations
from pindown_server.errors import ValidationFailed
from pindown_server.pins.batch.body import PinIds

MIB = 1024 * 1024


def calls_of(work: Callable[[], Any]) -> int:
    """How many functions written in Python it calls."""
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"a":"[[[' + b"[" * 40 + b'\\"[","b":[' + b"{}," * 40 + b"{}]}", None),
        (b'["\\\\",' + b"[" * 31 + b"]" * 31 + b"]", None),
        (b'["\\\\",' + b"[" * 32 + b"]" * 32 + b"]", "TOO_DEEP"),
        (b'{"a\\"":' * 33 + b"1" + b"}" * 33, "TOO_DEEP"),
        (b"[" * 40, "INVALID_JSON"),
        (b"[" + (b"9" * 299 + b",") * 3_000 + b"1]", None),
        (b'["\\\\u0000"]', None),
        (b'["\\\\\\u0000"]', "INVALID_JSON"),
    ],
)
def test_depth_and_nul_are_told_from_what_looks_like_them(body: bytes, reason: str | None) -> None:
    if reason is None:
        require_safe(body)
        return
    with pytest.raises(ValidationFailed) as refused:
        require_safe(body)
    assert refused.value.details["reason"] == reason


@pytest.mark.parametrize(
    "body", [b"[" + b"[]," * 340_000 + b"[]]", b"[" + b'{"":{}},' * 120_000 + b"1]"]
)
def test_depth_is_found_without_a_walk(body: bytes) -> None:
    assert calls_of(lambda: require_safe(body)) < 100


@pytest.mark.parametrize("body", [b'{"pin_ids":[' + b"1," * 400_000 + b"1]}", b'{"pin_ids":[' + b'"x",' * 200_000 + b'"x"]}', b"{" + b",".join(b'"%d":1' % n for n in range(60_000)) + b"}"])  # fmt: skip
def test_of_very_much_that_is_wrong_the_first_is_told(body: bytes) -> None:
    problems: list[Any] = []

    def refused() -> None:
        with pytest.raises(ValidationFailed) as refusal:
            read(PinIds, body)
        problems.extend(refusal.value.details["errors"])

    assert calls_of(refused) < 100_000
    assert 0 < len(problems) <= 100


def test_a_patch_copies_nothing_that_it_does_not_copy() -> None:
    before = {"data": [[] for _ in range(100_000)], "x": 1}
    operations = [
        {"op": "copy", "from": "/x", "path": "/y"},
        {"op": "add", "path": "/z", "value": [[]] * 100_000},
    ]
    after: dict[str, Any] = {}
    assert calls_of(lambda: after.update(apply_operations(operations * 50, before))) < 20_000
    assert (after["y"], len(after["z"]), before.keys()) == (1, 100_000, {"data", "x"})


def test_a_patch_cannot_double_itself_into_memory() -> None:
    operations = [{"op": "copy", "from": "/a", "path": "/a/-"}] * 60
    with pytest.raises(ValidationFailed, match="copies too much"):
        apply_operations(operations, {"a": ["x" * 1_000]})


def test_what_a_patch_copies_is_its_own() -> None:
    operations = [
        {"op": "copy", "from": "/a", "path": "/b"},
        {"op": "add", "path": "/b/x", "value": 2},
    ]
    assert apply_operations(operations, {"a": {"x": 1}}) == {"a": {"x": 1}, "b": {"x": 2}}


@pytest.mark.parametrize("source", ["/nowhere", "/a/9", "/a/-", "a", 1, None])
def test_what_is_not_there_is_not_copied(source: object) -> None:
    with pytest.raises(ValidationFailed):
        apply_operations([{"op": "copy", "from": source, "path": "/b"}], {"a": [1]})
