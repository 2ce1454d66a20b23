"""Giving things to another owner."""

from typing import TypedDict


class Transferred(TypedDict):
    """Whose a thing is now."""

    id: str
    owner_id: str
    revision: int


def new_owner(email: str | None, user_id: str | None) -> dict[str, str]:
    """Who is meant, as the API takes it."""
    said = {"email": email, "user_id": user_id}
    return {name: value for name, value in said.items() if value is not None}
