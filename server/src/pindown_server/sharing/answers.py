"""What routes of sharing answer, described."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import IsoTime, Page
from ..pages.answers import PageView
from ..pinboards.answers import PinboardView
from ..pins.answers import PinView


class CollaboratorAnswer(msgspec.Struct, omit_defaults=True):
    """Somebody with a role. Only the owner and editors see e-mails."""

    user_id: str
    name: str
    role: str
    status: Literal["active"]
    added_at: IsoTime
    email: str | UnsetType = UNSET


class CollaboratorList(Page):
    """Who has a role."""

    items: list[CollaboratorAnswer]


class RemovedCollaborator(msgspec.Struct):
    """Whose role on what was taken away."""

    id: str
    user_id: str


class Permissions(msgspec.Struct):
    """What you may do; a key's scopes count."""

    id: str
    role: str
    can_view: bool
    can_see_source: bool
    can_edit: bool
    can_comment: bool
    can_share: bool
    can_delete: bool


class SharedPin(PinView, kw_only=True):
    """What a shared pin shows."""

    allow_comments: bool


class SharedPinboard(PinboardView, kw_only=True):
    """What a shared pinboard shows, with the views of its pins."""

    allow_comments: bool
    views: list[PinView]


class SharedPage(PageView, kw_only=True):
    """What a shared page shows, with the views of its pins."""

    allow_comments: bool
    views: list[PinView]
