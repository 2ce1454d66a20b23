"""What a body has to say besides being of its type, as JSON Schema. The handlers ask for it themselves."""

from typing import Any, Final

Schema = dict[str, Any]


def all_of(*names: str) -> Schema:
    """These fields have to be there."""
    return {"required": list(names)}


def one_of(*names: str) -> Schema:
    """One of these fields has to be there."""
    return {"anyOf": [all_of(name) for name in names]}


def not_both(*names: str) -> Schema:
    """These fields may not stand beside each other."""
    return {"not": all_of(*names)}


A_TITLE: Final[Schema] = {
    "anyOf": [
        all_of("title"),
        {"properties": {"metadata": one_of("title", "name")}, **all_of("metadata")},
    ]
}
