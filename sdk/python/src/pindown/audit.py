"""`/v1/audit`"""

from typing import Any

from .group import Group, S, call
from .request import Request, path_of, read


class Audit(Group[S]):
    """Who did what that matters for safety."""

    @call
    def audit(
        self,
        *,
        what: str | None = None,
        thing_id: str | None = None,
        user_id: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Request[dict[str, Any]]:
        """List what you did, newest first; admins see what everybody did."""
        asked = {"what": what, "thing_id": thing_id, "user_id": user_id}
        return read(path_of("audit"), {**asked, "limit": limit, "offset": offset})
