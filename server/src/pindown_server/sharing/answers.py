"""What routes of sharing answer, described."""

from typing import Literal

import msgspec

from ..door.shapes import IsoTime, Page, Time
from ..pages.answers import PageView
from ..people.answers import CollaboratorAnswer
from ..pinboards.answers import PinboardView
from ..pins.answers import PinView


class CollaboratorList(Page):
    """Who has a role."""

    items: list[CollaboratorAnswer]


class RemovedCollaborator(msgspec.Struct):
    """Whose role on what was taken away."""

    id: str
    user_id: str


class InvitationAnswer(msgspec.Struct):
    """An invitation that nobody has accepted yet, as whoever sent it sees it."""

    id: str
    kind: Literal["pin", "pinboard", "page"]
    thing_id: str
    email: str
    role: str
    status: Literal["pending"]
    invited_at: IsoTime
    expires_at: Time


class InvitationList(Page):
    """Invitations, newest first."""

    items: list[InvitationAnswer]


class InvitationShown(msgspec.Struct):
    """What an invitation's link is for. `has_account`: whether to sign in or to sign up."""

    email: str
    role: str
    kind: Literal["pin", "pinboard", "page"]
    thing_id: str
    title: str
    invited_by: str
    expires_at: Time
    has_account: bool


class Accepted(msgspec.Struct):
    """The role that was taken, and on what."""

    kind: Literal["pin", "pinboard", "page"]
    thing_id: str
    role: str
    title: str


class PagePeople(msgspec.Struct):
    """Who is invited to a page, and who has a role on it."""

    pending: list[CollaboratorAnswer]
    active: list[CollaboratorAnswer]


class Withdrawn(msgspec.Struct):
    """Whose invitation to what was taken back."""

    id: str
    email: str


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
