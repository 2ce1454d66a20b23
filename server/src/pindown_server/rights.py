"""Roles and what each may do: the table of docs/using/rights.md as code."""

from enum import StrEnum


class Role(StrEnum):
    """What a caller is to a thing. `PUBLIC` is anyone who sees it only because it is public."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"
    PUBLIC = "public"


class Right(StrEnum):
    """What can be asked for."""

    SEE = "see"
    SEE_SOURCE = "see it as written"
    EDIT = "edit"
    OWN = "own"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: frozenset({Right.SEE, Right.SEE_SOURCE, Right.EDIT}),
    Role.VIEWER: frozenset({Right.SEE}),
    Role.PUBLIC: frozenset({Right.SEE}),
}

GIVEN_ROLES = (Role.EDITOR, Role.VIEWER)


def allows(role: Role, right: Right, *, public_edit: bool = False) -> bool:
    """Whether the role holds the right; `public_edit`: everyone signed in may edit."""
    if right is Right.EDIT and public_edit and role in (Role.VIEWER, Role.PUBLIC):
        return True
    return right in _RIGHTS[role]
