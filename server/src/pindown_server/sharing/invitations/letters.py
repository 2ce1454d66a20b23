"""What people are written when somebody shares something with them."""

from ...mail.letter import Letter
from ...settings import Settings
from ..collaborator import Kind
from . import invitation
from .actions import Given

PLACES: dict[Kind, str] = {"pin": "pin", "pinboard": "pinboard", "page": "pages"}


def letter_of(settings: Settings, kind: Kind, thing_id: str, given: Given, message: str) -> Letter:
    """The letter about a role that was just given, or waits to be accepted."""
    lines = [f"{given.inviter} shares the {kind} “{given.title}” with you on Pindown."]
    if message:
        lines += ["", *("> " + line for line in message.splitlines())]
    if given.token:
        lines += [
            "",
            f"To see it, make your account with this link, within 14 days, as {given.email}:",
            "",
            invitation.url(settings.address, given.token),
        ]
    else:
        lines += ["", f"{settings.address}/share/{PLACES[kind]}/{thing_id}"]
    lines += ["", "If you do not know who this is, you need not do anything.", ""]
    return Letter(given.email, f"{given.inviter} shares “{given.title}” with you", "\n".join(lines))
