"""Facts about answers: what a client looks for in them."""

import re
from typing import Any

CARDS = {"cards": [{"title": "Live Users", "value": "1,234", "change": "+5.2%", "trend": "up"}]}
OTHERS = {"cards": [{"title": "Revenue", "value": "$100k"}]}
TABLE = {
    "columns": [{"id": "name", "label": "Name", "type": "text"}],
    "rows": [{"name": "Ada"}],
}
TITLED = {"metadata": {"title": "Users"}}
CARD = {"data_type": "pin-card", "pin_type": "stat-cards"}
MISSING = "p-nowhere00000"


def iso(value: object) -> bool:
    """Whether it is a time as text."""
    return isinstance(value, str) and bool(
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", value)
    )


def ms(value: object) -> bool:
    """Whether it is a time in epoch milliseconds."""
    return type(value) is int and value > 1_700_000_000_000


def pin_id(value: object) -> bool:
    """Whether it is the id of a pin."""
    return isinstance(value, str) and bool(re.fullmatch(r"p-[a-z0-9]{6,}", value))


def fits(answer: Any, fact: Any, where: str = "answer") -> None:
    """The answer holds what the fact says, and perhaps more.

    A fact is a value, a type, one of the questions above, or a dict or list of facts.
    """
    if isinstance(fact, dict):
        assert isinstance(answer, dict), f"{where}: {answer!r}"
        for name, value in fact.items():
            assert name in answer, f"{where} has no {name}: {sorted(answer)}"
            fits(answer[name], value, f"{where}.{name}")
    elif isinstance(fact, list):
        assert isinstance(answer, list), f"{where}: {answer!r}"
        assert len(answer) == len(fact), f"{where}: {answer!r}"
        for number, value in enumerate(fact):
            fits(answer[number], value, f"{where}[{number}]")
    elif isinstance(fact, type):
        assert type(answer) is fact, f"{where}: {answer!r}"
    elif callable(fact):
        assert fact(answer), f"{where}: {answer!r}"
    else:
        assert (type(answer), answer) == (type(fact), fact), where
