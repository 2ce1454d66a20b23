"""What routes of accounts answer, described."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import Page, Time
from .account import Account


class SignInState(msgspec.Struct):
    """Whether you are signed in, whether there is an account yet, and who may make one."""

    signed_in: bool
    needs_setup: bool
    sign_up: str


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
