"""An entry of the audit log. No database, no HTTP."""

from typing import Any, Final

import msgspec

from ..clock import DAY, iso

KEPT_FOR: Final = 90 * DAY
MOST_PER_USER: Final = 10_000  # the newest; some 3 MiB of somebody who shares all day long

# Who did it where that was no account: so that many failed tries displace nothing else.
NOBODY: Final = ""
MACHINE: Final = "machine"
COMMAND_LINE: Final = "command line"  # in place of an address


class Entry(msgspec.Struct, frozen=True):
    """One doing. In the order of the columns."""

    id: str
    at: int
    user_id: str  # or NOBODY or MACHINE
    key_id: str  # empty for somebody signed in
    address: str  # where the call came from, where that was known
    what: str
    thing_id: str
    details: str  # JSON object: ids, roles and flags; never a secret, never what people wrote

    def as_json(self, viewer: str | None) -> dict[str, Any]:
        """The entry as the API shows it to somebody; to an admin, if that is None.

        Where others were when they did something is not for everybody to know.
        """
        is_somebody_else = viewer is not None and self._doer not in (None, viewer)
        return {
            "id": self.id,
            "at": self.at,
            "created_at": iso(self.at),
            "what": self.what,
            "thing_id": self.thing_id or None,
            "by": {"user_id": self._doer, "key_id": self.key_id or None},
            "address": None if is_somebody_else else self.address or None,
            "details": msgspec.Raw(self.details.encode()),
        }

    @property
    def _doer(self) -> str | None:
        return None if self.user_id in (NOBODY, MACHINE) else self.user_id
