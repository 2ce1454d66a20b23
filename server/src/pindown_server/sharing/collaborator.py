"""Somebody with a role on a pin, pinboard or page, and what the role lets them do. No database, no HTTP."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..clock import iso
from ..door.caller import Caller
from ..pages.page import Page
from ..people.account import Email
from ..pinboards.pinboard import Pinboard
from ..pins.pin import Pin
from ..rights import Right, Role, allows

GivenRole = Literal["editor", "viewer"]
Kind = Literal["pin", "pinboard", "page"]
Thing = Pin | Pinboard | Page


class NewCollaborator(msgspec.Struct, forbid_unknown_fields=True):
    """Who shall have a role; the message is for the mail that tells them."""

    email: Email
    role: GivenRole
    message: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET


class NewRole(msgspec.Struct, forbid_unknown_fields=True):
    """Another role for somebody."""

    role: GivenRole


class Collaborator(msgspec.Struct, frozen=True):
    """An account and its role."""

    user_id: str
    email: str
    name: str
    role: str
    added_at: int

    def as_json(self, *, with_email: bool) -> dict[str, Any]:
        """The collaborator as others see it."""
        shown: dict[str, Any] = {
            "user_id": self.user_id,
            "name": self.name,
            "role": self.role,
            "status": "active",
            "added_at": iso(self.added_at),
        }
        return shown | {"email": self.email} if with_email else shown


def permissions(thing: Thing, caller: Caller, scopes: str) -> dict[str, Any]:
    """What the caller may do with the thing; a key's scopes count."""
    role = Role(thing.role or Role.PUBLIC)
    is_open = isinstance(thing, Pin) and thing.is_open_to_edits()
    writes = caller.holds(scopes + ":write")
    shares = writes if isinstance(thing, Page) else caller.holds(scopes + ":share")
    has_comments = not isinstance(thing, Page) and bool(thing.allow_comments)
    owns = allows(role, Right.OWN)
    return {
        "id": thing.id,
        "role": role.value,
        "can_view": True,
        "can_see_source": allows(role, Right.SEE_SOURCE),
        "can_edit": writes and allows(role, Right.EDIT, public_edit=is_open),
        "can_comment": has_comments and writes,
        "can_share": shares and owns,
        "can_delete": writes and owns,
    }
