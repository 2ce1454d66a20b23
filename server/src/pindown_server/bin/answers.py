"""What routes of the bin answer, described."""

import msgspec

from ..door.shapes import Page, Time


class RemovedForGood(msgspec.Struct):
    """What nobody can bring back."""

    id: str
    kind: str


class Restored(RemovedForGood):
    """What came out of the bin."""

    title: str


class BinItem(Restored):
    """What lies in the bin, and until when."""

    deleted_at: Time
    kept_until: Time


class BinList(Page):
    """What lies in the bin, last deleted first."""

    items: list[BinItem]
