"""The ids of everything, and how new ones are made."""

import secrets
import time
from typing import Final

ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
SORTED: Final = "".join(sorted(ALPHABET))
KEY_ALPHABET: Final = ALPHABET + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

PIN: Final = "p-"
BLOCK: Final = "b-"
PINBOARD: Final = "pb-"
PAGE: Final = "pg-"
DATASET: Final = "d-"
COMMENT: Final = "c-"
ROLE: Final = "role-"
FILE: Final = "f-"
USER: Final = "usr_"
KEY: Final = "key_"
PUSH_ADDRESS: Final = "push_"
INVITATION: Final = "inv_"
SESSION: Final = "ses_"
AUDIT: Final = "aud_"


def new_id(prefix: str) -> str:
    """A new id: the prefix and 12 of `[a-z0-9]` from the system's random source."""
    return prefix + _random(ALPHABET, 12)


def new_growing_id(prefix: str) -> str:
    """A new id that sorts after those made before, to the microsecond; two of 12 are random."""
    microseconds, digits = time.time_ns() // 1_000, ""
    while microseconds:
        microseconds, digit = divmod(microseconds, len(SORTED))
        digits = SORTED[digit] + digits
    return prefix + digits + _random(ALPHABET, 2)


def new_api_key() -> str:
    """A new API key: `pk_live_` and 32 of `[A-Za-z0-9]`, 190 bits."""
    return "pk_live_" + _random(KEY_ALPHABET, 32)


def new_token() -> str:
    """A new secret for a session or a one-time link: 32 of `[A-Za-z0-9]`."""
    return _random(KEY_ALPHABET, 32)


def _random(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))
