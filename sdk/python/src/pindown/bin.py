"""`/v1/bin`"""

from typing import Any, Literal, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, write

Kind = Literal["pin", "pinboard", "page", "dataset"]


class Bin(Group[S]):
    """What you deleted in the last 30 days."""

    @call
    def list(
        self, kind: Kind | None = None, /, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List it, last deleted first."""
        return read(path_of("bin"), {"kind": kind, "limit": limit, "offset": offset})

    @call
    def restore(self, thing_id: str, /, **options: Unpack[Options]) -> Request[dict[str, Any]]:
        """Take something out of the bin; a pin does not come back onto pinboards."""
        return write("POST", path_of("bin", thing_id, "restore"), options)

    @call
    def delete(self, thing_id: str, /, **options: Unpack[Options]) -> Request[dict[str, Any]]:
        """Delete something in the bin for good."""
        return write("DELETE", path_of("bin", thing_id), options)
