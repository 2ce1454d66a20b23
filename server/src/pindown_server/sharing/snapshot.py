"""What a caller sees of the pins, pinboards and pages it asked for."""

from typing import Any

import msgspec

from ..clock import now
from ..door.caller import Caller
from ..live.viewer import Seen
from ..pins import store as pins
from ..pins.pin import Pin, view
from ..storage import Reader

_encode = msgspec.json.Encoder().encode


class Asked(msgspec.Struct, frozen=True):
    """The ids a viewer asked for."""

    pins: tuple[str, ...]
    pinboards: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def ids(self) -> set[str]:
        """All of them."""
        return {*self.pins, *self.pinboards, *self.pages}


class Snapshot(msgspec.Struct):
    """What of it exists for the caller, in one consistent state."""

    pins: dict[str, Pin]
    pinboards: dict[str, dict[str, Any]]
    denied: list[str]
    hidden: set[str]

    @property
    def topics(self) -> set[str]:
        """What the caller may be told about."""
        return {*self.pins, *self.pinboards}

    @property
    def seen(self) -> dict[str, Seen]:
        """The state of each pin that the snapshot shows."""
        return {pin.id: (pin.version, pin.pushed_at) for pin in self.pins.values()}

    def encode(self) -> bytes:
        """The data of the `snapshot` event."""
        moment = now()
        return _encode(
            {
                "pins": [view(pin, moment) for pin in self.pins.values()],
                "pinboards": list(self.pinboards.values()),
                "pages": [],
                "denied": self.denied,
            }
        )


async def read_snapshot(reader: Reader, caller: Caller, asked: Asked) -> Snapshot:
    """Everything the caller may see of what it asked for, with the pins of its pinboards."""
    found = {pin.id: pin for pin in await pins.seen_pins(reader, asked.pins, caller)}
    denied = [thing for thing in asked.pins if thing not in found]
    return Snapshot(pins=found, pinboards={}, denied=denied, hidden=set())
