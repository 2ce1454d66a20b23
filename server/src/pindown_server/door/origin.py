"""Whether a call comes from Pindown's own pages: other pages' calls carry our cookie too."""

from ..errors import Forbidden
from ..settings import Settings


def require_own_origin(settings: Settings, headers: dict[bytes, bytes]) -> None:
    """Raise Forbidden unless Origin, or in its absence Referer, is our own address.

    Without a public address the browser's own idea of ours counts: the cookie belongs to that
    host and to no other.
    """
    own = settings.address
    if not settings.public_url and b"host" in headers:
        own = "http://" + headers[b"host"].decode("latin-1")
    given = (headers.get(b"origin") or headers.get(b"referer") or b"").decode("latin-1")
    if given != own and not given.startswith(own + "/"):
        raise Forbidden(f"What is done in the browser must come from Pindown's own address, {own}")


def refuse_other_origin(settings: Settings, headers: dict[bytes, bytes]) -> None:
    """Raise Forbidden if a page that is not ours calls; what is no browser sends no Origin."""
    if b"origin" in headers:
        require_own_origin(settings, headers)
