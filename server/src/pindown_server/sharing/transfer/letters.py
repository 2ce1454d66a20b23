"""What somebody is written when they are given something."""

from ...mail.letter import Letter
from ...settings import Settings
from .actions import Given

PLACES = {"pin": "/pins/", "pinboard": "/boards/", "page": "/pages/", "dataset": "/datasets/"}


def letter_of(settings: Settings, kind: str, given: Given) -> Letter:
    """The letter to a new owner."""
    return Letter(
        given.email,
        f"{given.giver} gave you “{given.title}”",
        f"{given.giver} gave you the {kind} “{given.title}” on Pindown. It is yours now:\n\n"
        f"{settings.address}{PLACES[kind]}{given.id}\n\n"
        "If you do not want it, give it to somebody else, or delete it.\n",
    )
