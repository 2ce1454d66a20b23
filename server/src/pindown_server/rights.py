"""Roles and what each may do: the table of docs/using/rights.md as code."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a caller is to a thing. `PUBLIC` is anyone who sees it only because it is public."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"
    PUBLIC = "public"


class Right(StrEnum):
    """What can be asked for of a thing. Each route declares which it asks for, if it is about one."""

    SEE = "see"
    DISCUSS = "discuss"
    AUTHOR = "author"
    MODERATE = "moderate"
    BELONG = "belong"
    LEAVE = "leave"
    SEE_SOURCE = "see_source"
    EDIT = "edit"
    OWN = "own"


# Each right and who has it, to be read after "for".
RIGHTS: Final[dict[Right, str]] = {
    Right.SEE: "everybody who sees it",
    Right.DISCUSS: "everybody who sees it, where it takes comments",
    Right.AUTHOR: "the author of the comment, where there are comments",
    Right.MODERATE: "the author of the comment and the owner of what it is about",
    Right.BELONG: "everybody with a role on it: owner, editors and viewers",
    Right.LEAVE: "its owner, and whoever leaves by themselves",
    Right.SEE_SOURCE: "its owner and editors, who see it as it is written",
    Right.EDIT: "its owner and editors, and for a public pin with `allow_edit` everybody signed in",
    Right.OWN: "its owner alone",
}

# Those that a role gives. Comments have to be on, and an author or who leaves needs no role.
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right) - {Right.AUTHOR},
    Role.EDITOR: frozenset({Right.SEE, Right.DISCUSS, Right.BELONG, Right.SEE_SOURCE, Right.EDIT}),
    Role.VIEWER: frozenset({Right.SEE, Right.DISCUSS, Right.BELONG}),
    Role.PUBLIC: frozenset({Right.SEE, Right.DISCUSS}),
}

GIVEN_ROLES = (Role.EDITOR, Role.VIEWER)


def allows(role: Role, right: Right, *, public_edit: bool = False) -> bool:
    """Whether the role holds the right; `public_edit`: everyone signed in may edit."""
    if right is Right.EDIT and public_edit and role in (Role.VIEWER, Role.PUBLIC):
        return True
    return right in _RIGHTS[role]
