"""What routes of API keys answer, described."""

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import IsoTime, Page, Time


class ApiKey(msgspec.Struct):
    """What is known of a key besides its secret. Without a tier of its own it has its account's."""

    id: str
    name: str
    hint: str
    scopes: list[str]
    resources: list[str] | None
    tier: str | None
    expires_at: Time | None
    created_at: Time
    created_by: str
    last_used_at: Time | None


class NewApiKey(ApiKey, kw_only=True):
    """A key with its secret, shown this once: left out where a call is answered again."""

    key: str | UnsetType = UNSET


class ApiKeyList(Page):
    """Keys, newest first."""

    items: list[ApiKey]


class Window(msgspec.Struct):
    """Tokens in an hour or a minute."""

    limit: int
    remaining: int
    reset_at: IsoTime


class Budget(msgspec.Struct):
    """What a key may spend."""

    hour: Window
    minute: Window


class CurrentKey(ApiKey, kw_only=True):
    """The key that asks, and what is left of its budget."""

    budget: Budget
