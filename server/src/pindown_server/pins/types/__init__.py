"""The types of pins, one module each. A module of this folder that holds a `TYPE` is one of them.

`PIN_TYPES` has them by name, in the order their modules state; whoever adds one adds one file.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from ...errors import Problem, ValidationFailed
from .pin_type import PinType

__all__ = ["PIN_TYPES", "PinType", "get_pin_type"]

# Filled at the end, since a module that looks types up is found on the way.
PIN_TYPES: dict[str, PinType] = {}


def get_pin_type(name: str) -> PinType:
    """The type of this name; raises ValidationFailed (INVALID_PIN_TYPE) where there is none."""
    if name not in PIN_TYPES:
        raise ValidationFailed(
            f"Unknown pin card type '{name[:60]}'",
            [Problem("pin_type", "is not a type of pin", " | ".join(PIN_TYPES))],
            reason="INVALID_PIN_TYPE",
        )
    return PIN_TYPES[name]


def _types() -> Iterator[PinType]:
    for module in iter_modules(__path__, f"{__name__}."):
        found = getattr(import_module(module.name), "TYPE", None)
        if isinstance(found, PinType):
            yield found


PIN_TYPES.update((found.name, found) for found in sorted(_types(), key=lambda found: found.order))
