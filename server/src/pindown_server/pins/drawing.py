"""How a pin becomes what is shown: the one place where variables and blocks are resolved.

Whatever shows a pin, whether to viewers, in an answer or on a shared page, has it drawn here.
"""

from collections.abc import Sequence

from ..storage import Reader
from .blocks.drawing import draw_blocks
from .pin import Pin
from .shown import Drawn


async def draw(reader: Reader, pins: Sequence[Pin]) -> list[Drawn]:  # noqa: ARG001  datasets come
    """The pins as they are shown, in the same order; what is plain costs no statement."""
    return [draw_plain(pin) for pin in pins]


async def draw_one(reader: Reader, pin: Pin) -> Drawn:
    """A pin as it is shown."""
    return (await draw(reader, [pin]))[0]


def draw_plain(pin: Pin) -> Drawn:
    """A pin that draws from no dataset."""
    return Drawn(pin, pin.title, pin.config, draw_blocks(pin.blocks))
