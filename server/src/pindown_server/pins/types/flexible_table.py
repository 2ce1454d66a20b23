"""`flexible-table`: rows and columns one can sort, filter and download."""

from typing import Annotated, Literal

from msgspec import Meta

from .fields import (
    GOOD_WHEN,
    UNIT,
    Anything,
    Config,
    Direction,
    Text,
    Value,
    says,
)
from .pin_type import PinType

ColumnType = Literal[
    "text",
    "number",
    "currency",
    "percent",
    "date",
    "boolean",
    "badge",
    "link",
    "image",
    "progress",
    "sparkline",
]


class Column(Config):
    """A column and how its cells are shown."""

    id: Annotated[Text, says("The key of its cells in each row")]
    label: Annotated[Text | None, says("Its heading; made from the id if absent")] = None
    name: Annotated[Text | None, says("The same as label")] = None
    type: Annotated[
        ColumnType | None, says("What its cells hold; read from the rows if absent")
    ] = None
    align: Annotated[
        Literal["left", "center", "right"] | None,
        says("Where its cells stand; numbers right, all else left if absent"),
    ] = None
    unit: Annotated[Text | None, UNIT] = None
    format: Annotated[
        Text | None,
        says("How numbers are shown: number, currency, percent, bytes, duration, date; or EUR"),
    ] = None
    width: Annotated[Value | None, says("Pixels, or a width of CSS such as 20%")] = None
    max: Annotated[Value | None, says("What a full progress bar means; 100 if absent")] = None
    good_when: Annotated[Direction | None, GOOD_WHEN] = None


class Order(Config):
    """The column that rows are sorted by, and which way."""

    id: Annotated[Text, says("The column's id")]
    direction: Annotated[Literal["asc", "desc"] | None, says("asc if absent")] = None


class Table(Config):
    """Rows and columns."""

    rows: Annotated[
        list[dict[str, Anything]], says("Objects that hold a cell for each column's id")
    ]
    columns: Annotated[
        list[Column] | None, says("From left to right; all keys of the rows if absent")
    ] = None
    sort_by: Annotated[
        Text | Order | None, says("A column's id, with a - before it for falling order")
    ] = None
    page_size: Annotated[
        Annotated[float, Meta(ge=1)] | Text | None, says("Rows that are shown at once")
    ] = None


TYPE = PinType(
    order=30,
    name="flexible-table",
    purpose="Rows and columns one can sort, filter and download, with badges, bars and sparklines.",
    model=Table,
    example={
        "columns": [
            {"id": "shop", "label": "Shop", "type": "text"},
            {"id": "state", "label": "State", "type": "badge"},
            {"id": "sales", "label": "Sales", "type": "currency", "unit": "EUR"},
            {"id": "change", "label": "vs. Sunday", "type": "percent"},
            {"id": "sold", "label": "Sold out", "type": "progress"},
        ],
        "rows": [
            {"shop": "Harbour", "state": "open", "sales": 5310, "change": "+12.4%", "sold": 82},
            {"shop": "Station", "state": "open", "sales": 4880, "change": "+3.1%", "sold": 74},
            {
                "shop": "Market square",
                "state": "short of staff",
                "sales": 1640,
                "change": "−8.9%",
                "sold": 41,
            },
            {"shop": "University", "state": "till offline", "sales": 620, "sold": 18},
        ],
        "sortBy": "-sales",
    },
)
