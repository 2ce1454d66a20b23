"""What the audit log answers, described."""

from typing import Any

import msgspec

from ..door.shapes import By, IsoTime, Page, Time


class AuditEntry(msgspec.Struct):
    """What somebody did that matters for safety: what, when, to which thing, from where."""

    id: str
    at: Time
    created_at: IsoTime
    what: str
    thing_id: str | None
    by: By
    address: str | None
    details: dict[str, Any]


class AuditList(Page):
    """What was done, newest first."""

    items: list[AuditEntry]
