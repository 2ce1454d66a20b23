"""The bodies of batches. Their elements are read one by one: a wrong one fails alone."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ...errors import invalid

MOST_CHANGED = 50  # elements in one transaction, for which all others wait
MOST_READ = 100  # as many as a list shows at most

Elements = Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=MOST_CHANGED)]
Ids = Annotated[list[str], Meta(min_length=1, max_length=MOST_CHANGED)]


class NewPins(msgspec.Struct, forbid_unknown_fields=True):
    """Pins to create, each as in `POST /v1/pins`."""

    pins: Elements


class PinUpdates(msgspec.Struct, forbid_unknown_fields=True):
    """What is to change: each element as in `PUT /v1/pins/:id`, with the pin's `id`."""

    updates: Elements


class PinIds(msgspec.Struct, forbid_unknown_fields=True):
    """Which pins."""

    pin_ids: Ids


class ReadPinIds(msgspec.Struct, forbid_unknown_fields=True):
    """Which pins to read."""

    pin_ids: Annotated[list[str], Meta(min_length=1, max_length=MOST_READ)]


class _Named(msgspec.Struct):
    id: str | None = None
    pin_id: str | None = None


def find_id(element: msgspec.Raw) -> str | None:
    """The id that an element names; None if it names none."""
    try:
        named = _NAMED.decode(element)
    except msgspec.MsgspecError:
        return None
    return named.id or named.pin_id


def get_id(element: msgspec.Raw) -> str:
    """The id that an element names; raises ValidationFailed."""
    found = find_id(element)
    if found is None:
        raise invalid("id", "id is required: which pin to change", "the id of a pin")
    return found


_NAMED = msgspec.json.Decoder(_Named)
