"""Scopes: what an API key may be used for."""

from typing import Final

ALL: Final = "*"

# Each scope and what it lets a key do, in the words the web app shows.
SCOPES: Final[dict[str, str]] = {
    "pins:read": "List and view pins",
    "pins:write": "Create, update, delete pins",
    "pins:share": "Change who sees a pin: flags and collaborators",
    "pinboards:read": "List and view pinboards",
    "pinboards:write": "Create, update, delete pinboards",
    "pinboards:invite": "Manage a pinboard's collaborators and share it",
    "pinboards:share": "Share a pinboard",
    "pages:read": "List and view pages",
    "pages:write": "Create, update, delete pages",
    "datasets:read": "List and view datasets",
    "datasets:write": "Create, update, delete datasets",
    ALL: "Everything its owner may do",
}


def grants(held: frozenset[str], wanted: str) -> bool:
    """Whether the held scopes include the wanted one.

    A `:write` includes its `:read`; `pinboards:share` and `pinboards:invite` are one scope under
    two names.
    """
    if wanted in held or ALL in held:
        return True
    if wanted.endswith(":read"):
        return wanted.removesuffix("read") + "write" in held
    if wanted in ("pinboards:share", "pinboards:invite"):
        return "pinboards:share" in held or "pinboards:invite" in held
    return False
