"""The API's own description: the OpenAPI document, made from what serves it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from ... import __version__
from ...door.call import Call, Plain
from ...door.openapi import document
from ...door.route import Route, Routes
from ...parts import Parts
from .examples import examples

routes = Routes()


@routes.add(
    "GET",
    "/v1/openapi.json",
    access="anyone",
    cost=0,
    answer=bytes,
    media="application/json",
)
async def get_openapi(_call: Call, parts: Parts) -> Plain:
    """Get this API as OpenAPI 3.1."""
    cors = [(b"access-control-allow-origin", b"*")]
    return Plain(_encoded(tuple(parts.routes)), b"application/json", cors)


def encode(routes: tuple[Route, ...], examples: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The document as JSON with a stable order."""
    made = document(routes, __version__, examples)
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


@lru_cache(maxsize=2)
def _encoded(routes: tuple[Route, ...]) -> bytes:
    return encode(routes, examples())
