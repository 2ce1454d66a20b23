"""The types of pins over HTTP: what each is for, its schema, an example."""

from typing import Any

import msgspec

from ..door.call import Answer, Call
from ..door.route import Routes
from ..errors import NotFound
from ..parts import Parts
from .types import PIN_TYPES

routes = Routes()


class PinTypeView(msgspec.Struct):
    """A type of pin: `schema` is JSON Schema 2020-12 of its config."""

    type: str
    purpose: str
    schema: dict[str, Any]
    example: dict[str, Any]


class PinTypeList(msgspec.Struct):
    """All types, in the order of the documentation."""

    items: list[PinTypeView]
    total: int


@routes.add("GET", "/v1/pin-types", access="anyone", answer=PinTypeList)
async def list_pin_types(_call: Call, _parts: Parts) -> Answer:
    """List the types of pins with their JSON Schemas and examples."""
    return Answer(PinTypeList([_view(name) for name in PIN_TYPES], len(PIN_TYPES)))


@routes.add("GET", "/v1/pin-types/{pin_type}", access="anyone", answer=PinTypeView)
async def get_pin_type(call: Call, _parts: Parts) -> Answer:
    """Get a type of pin with its JSON Schema and an example."""
    if call.params[0] not in PIN_TYPES:
        raise NotFound("Pin type")
    return Answer(_view(call.params[0]))


def _view(name: str) -> PinTypeView:
    found = PIN_TYPES[name]
    return PinTypeView(name, found.purpose, found.schema, found.example)
