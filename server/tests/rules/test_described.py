"""The check that every test's answers pass through finds what it looks for."""

import json
from typing import Any

import described
import pytest

HEADERS = {name.lower(): "1" for name in described.BUDGET}
STATE = {"signed_in": False, "needs_setup": False, "sign_up": "open", "mails": False}


def answer(status: int, body: Any, headers: dict[str, str] = HEADERS) -> None:
    described.check("GET", "/v1/auth/state", status, headers, json.dumps(body).encode())


def test_what_is_described_may_be_answered() -> None:
    answer(200, {"success": True, "data": STATE})


@pytest.mark.parametrize(
    "data",
    [
        STATE | {"more": 1},
        {"signed_in": False, "needs_setup": False},
        STATE | {"signed_in": "no"},
        [],
    ],
)
def test_no_other_data_may_be_answered(data: Any) -> None:
    with pytest.raises(AssertionError, match="answers what its description leaves out"):
        answer(200, {"success": True, "data": data})


def test_no_other_status_may_be_answered() -> None:
    with pytest.raises(AssertionError, match="answered 404"):
        answer(404, {"success": False, "error": {"code": "NOT_FOUND", "message": "no"}})


def test_an_error_has_a_code_of_its_status() -> None:
    with pytest.raises(AssertionError, match="CONFLICT"):
        answer(401, {"success": False, "error": {"code": "CONFLICT", "message": "no"}})


def test_every_answer_names_its_call_and_its_budget() -> None:
    for header in HEADERS:
        less = {name: value for name, value in HEADERS.items() if name != header}
        with pytest.raises(AssertionError, match=r"answered without|does not name"):
            answer(200, {"success": True, "data": STATE}, less)
