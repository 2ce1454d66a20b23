"""`/v1/pin-types`"""

from typing import Any

from .group import Group, S, call
from .request import Request, path_of, read


class PinTypes(Group[S]):
    """What a pin can be; needs no key."""

    @call
    def list(self) -> Request[dict[str, Any]]:
        """Every type with its JSON Schema, an example and what it is for."""
        return read(path_of("pin-types"))

    @call
    def get(self, pin_type: str, /) -> Request[dict[str, Any]]:
        """One type with its JSON Schema, an example and what it is for."""
        return read(path_of("pin-types", pin_type))
