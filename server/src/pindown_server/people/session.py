"""A signed-in browser: its cookie, how long it lasts, and what is kept of its secret."""

import hashlib
from typing import Any

import msgspec

from ..clock import DAY, SECOND
from ..settings import Settings

LASTS = 30 * DAY  # without use; a wall that shows boards every day stays signed in
COOKIE_LASTS = 400 * DAY  # the longest that browsers keep one; the server decides earlier


class Session(msgspec.Struct, frozen=True):
    """One browser in which somebody is signed in."""

    id: str
    user_id: str
    created_at: int
    expires_at: int
    address: str
    agent: str

    def as_json(self, current: str) -> dict[str, Any]:
        """The session as its owner sees it; `current`: the session that asks."""
        return {
            "id": self.id,
            "created_at": self.created_at,
            "expires_at": self.expires_at,
            "address": self.address,
            "agent": self.agent,
            "is_current": self.id == current,
        }


def digest(secret: str) -> str:
    """What is stored of a random secret: enough to know it again, useless to whoever reads it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def cookie_name(settings: Settings) -> str:
    """Behind https the prefix keeps other hosts and plain http from setting the cookie."""
    return "__Host-pindown_session" if _is_secure(settings) else "pindown_session"


def cookie(settings: Settings, secret: str) -> tuple[bytes, bytes]:
    """The header that signs a browser in; with an empty secret, the one that signs it out."""
    lasts = COOKIE_LASTS // SECOND if secret else 0
    text = f"{cookie_name(settings)}={secret}; Path=/; Max-Age={lasts}; HttpOnly; SameSite=Lax"
    if _is_secure(settings):
        text += "; Secure"
    return b"set-cookie", text.encode()


def _is_secure(settings: Settings) -> bool:
    return settings.address.startswith("https://")
