"""What routes of accounts answer, described."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import IsoTime, Page, Time
from .account import Account


class SignInState(msgspec.Struct):
    """Whether you are signed in, whether there is an account yet, and who may make one.

    `mails`: whether this server writes mails, such as to who forgot a password.
    """

    signed_in: bool
    needs_setup: bool
    sign_up: str
    mails: bool


class MailSent(msgspec.Struct):
    """What was sent, if there was anybody to send it to; `off` where no mails are sent at all."""

    mail: Literal["on its way, if there is an account", "off"]


class SignedOut(msgspec.Struct):
    """Nobody is signed in here any more."""

    signed_in: Literal[False]


class AccountList(Page):
    """Accounts, newest first."""

    items: list[Account]


class NewAccount(Account, omit_defaults=True, frozen=True):
    """An account; `reset_url` sets its password, and is shown this once."""

    reset_url: str | UnsetType = UNSET


class SessionItem(msgspec.Struct):
    """A browser in which you are signed in."""

    id: str
    created_at: Time
    expires_at: Time
    address: str
    agent: str
    is_current: bool


class SessionList(Page):
    """Where you are signed in, newest first."""

    items: list[SessionItem]


class EndedSessions(msgspec.Struct):
    """How many were signed out."""

    ended: int


class CollaboratorAnswer(msgspec.Struct, omit_defaults=True):
    """Somebody with a role, or invited to one. Only the owner and editors see e-mails.

    Of the invited, `user_id` is the invitation's id; `invite_url` is told once, to who invites,
    where the server sends no mails.
    """

    user_id: str
    name: str
    role: str
    status: Literal["active", "pending"]
    added_at: IsoTime
    email: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    invited_at: IsoTime | UnsetType = UNSET
    expires_at: Time | UnsetType = UNSET
    invite_url: str | UnsetType = UNSET
    mail: Literal["on its way"] | UnsetType = UNSET
