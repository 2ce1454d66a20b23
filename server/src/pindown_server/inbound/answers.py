"""What routes of pushes and push addresses answer, described."""

import msgspec
from msgspec import UNSET, UnsetType

from ..door.shapes import Page, Time


class Pushed(msgspec.Struct):
    """The pin that a push reached. A new one lies on the pinboard `pinboard_id`."""

    id: str
    name: str
    pin_type: str
    is_new: bool
    pinboard_id: str | None
    revision: int
    version: int
    updated_at: Time
    shareable_url: str


class PushAddress(msgspec.Struct):
    """What is known of an address besides its secret; `hint` is how that ends."""

    id: str
    pin_id: str
    name: str
    hint: str
    created_by: str
    created_at: Time
    last_used_at: Time | None


class NewPushAddress(PushAddress, kw_only=True):
    """A new address. `url` is shown this once: left out where a call is answered again."""

    url: str | UnsetType = UNSET


class PushAddressList(Page):
    """A pin's push addresses, newest first."""

    items: list[PushAddress]
