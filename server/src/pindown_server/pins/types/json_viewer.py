"""`json-viewer`: any JSON as a tree."""

from typing import Annotated

from msgspec import Meta

from .fields import Anything, Config, says
from .pin_type import PinType


class JsonViewer(Config):
    """Any JSON as a tree."""

    data: Annotated[Anything, says("What to show: any JSON")]
    collapsed: Annotated[
        bool | Annotated[float, Meta(ge=0)] | None,
        says("true shows the outermost level closed; a number opens that many levels"),
    ] = None


TYPE = PinType(
    order=140,
    name="json-viewer",
    purpose="Any JSON as a tree one can open and close.",
    model=JsonViewer,
    example={
        "data": {
            "order": "2026-1122-038",
            "shop": "Harbour",
            "paid": True,
            "lines": [
                {"product": "Sourdough", "count": 2, "price": 4.9},
                {"product": "Croissant", "count": 6, "price": 1.8},
            ],
            "note": None,
        },
        "collapsed": False,
    },
)
