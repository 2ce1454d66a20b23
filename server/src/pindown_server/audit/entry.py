"""An entry of the audit log. No database, no HTTP."""

from typing import Any, Final

import msgspec

from ..clock import DAY, iso

KEPT_FOR: Final = 90 * DAY
MOST_PER_USER: Final = 10_000  # the newest; some 3 MiB of somebody who shares all day long


class Entry(msgspec.Struct, frozen=True):
    """One doing. In the order of the columns."""

    id: str
    at: int
    user_id: str
    key_id: str  # empty for somebody signed in
    address: str  # where the call came from, where that was known
    what: str
    thing_id: str
    details: str  # JSON object: ids, roles and flags; never a secret, never what people wrote

    def as_json(self) -> dict[str, Any]:
        """The entry as the API shows it."""
        return {
            "id": self.id,
            "at": self.at,
            "created_at": iso(self.at),
            "what": self.what,
            "thing_id": self.thing_id,
            "by": {"user_id": self.user_id, "key_id": self.key_id or None},
            "address": self.address or None,
            "details": msgspec.Raw(self.details.encode()),
        }
