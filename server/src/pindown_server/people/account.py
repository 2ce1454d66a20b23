"""An account and its rules. No database, no HTTP."""

import re
import unicodedata
from typing import Annotated, Any

import msgspec

from ..clock import DAY, HOUR
from ..errors import invalid

SHORTEST_PASSWORD = 8  # with sign-in throttled, guessing takes longer than anybody has
LONGEST_PASSWORD = 200  # a passphrase fits; hashing time does not depend on it
LONGEST_EMAIL = 254  # the longest address mail servers take
LINK_LASTS = 14 * DAY
FORGOTTEN_LASTS = HOUR  # anybody can ask for one: whoever reads the mail meanwhile has it for long

Name = Annotated[str, msgspec.Meta(max_length=100)]
Email = Annotated[
    str, msgspec.Meta(max_length=LONGEST_EMAIL, extra_json_schema={"format": "email"})
]
Password = Annotated[str, msgspec.Meta(max_length=LONGEST_PASSWORD)]
NewPassword = Annotated[Password, msgspec.Meta(extra_json_schema={"minLength": SHORTEST_PASSWORD})]

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class Account(msgspec.Struct, frozen=True):
    """Somebody who can sign in."""

    id: str
    email: str
    name: str
    tier: str
    is_admin: bool
    created_at: int

    def as_json(self) -> dict[str, Any]:
        """The account as its owner and admins see it."""
        return msgspec.structs.asdict(self)


def read_email(text: str, field: str = "email") -> str:
    """The address in the one form that is stored; raises ValidationFailed."""
    email = as_stored(text)
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise invalid(field, f"{field} must be an e-mail address", "name@example.org")
    return email


def one_line(text: str) -> str:
    """The text on one line, without characters that hide or reorder others."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def read_name(text: str, email: str) -> str:
    """The name on one visible line; without one, what stands before the @ of the e-mail."""
    return one_line(text)[:100] or email.partition("@")[0][:100]


def read_password(text: str, field: str = "password") -> str:
    """A password that may be set, in the form that is hashed; raises ValidationFailed."""
    password = as_typed(text)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        expected = f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        raise invalid(field, f"{field} must have {expected}", expected)
    return password


def as_stored(email: str) -> str:
    """An address in the form in which accounts are known by it."""
    return unicodedata.normalize("NFC", email.strip()).lower()


def as_typed(password: str) -> str:
    """The same bytes for the same password, whichever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password)
