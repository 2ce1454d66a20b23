"""flexible-table: rows of objects, with columns that know their kind."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from .fields import Config, Format, Name
from .pin_type import PinType

ColumnKind = Literal[
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
    """A column: which key of the rows, under which heading, drawn how."""

    id: Annotated[str, Meta(min_length=1, max_length=200, description="the rows' key")]
    label: Name | UnsetType = UNSET
    name: Annotated[Name, Meta(description="the same as label")] | UnsetType = UNSET
    type: ColumnKind | UnsetType = UNSET
    align: Literal["left", "center", "right"] | UnsetType = UNSET
    format: Format | Name | UnsetType = UNSET
    width: float | Name | UnsetType = UNSET


class Sort(Config):
    """Which column orders the rows."""

    id: Name
    desc: bool | UnsetType = UNSET


class FlexibleTable(Config):
    """A table; without columns they are inferred from the rows."""

    rows: Annotated[list[dict[str, Any]], Meta(max_length=100_000)]
    columns: Annotated[list[Column], Meta(max_length=200)] | UnsetType = UNSET
    sort_by: Name | Sort | UnsetType = UNSET
    page_size: Annotated[int, Meta(ge=1, le=10_000)] | UnsetType = UNSET


EXAMPLE = {
    "columns": [
        {"id": "shop", "label": "Shop", "type": "text"},
        {"id": "state", "label": "State", "type": "badge"},
        {"id": "customers", "label": "Customers", "type": "number"},
        {"id": "sales", "label": "Sales", "type": "currency", "format": "EUR"},
    ],
    "rows": [
        {"shop": "Harbour", "state": "open", "customers": 412, "sales": 5310.2},
        {"shop": "Station", "state": "open", "customers": 388, "sales": 4902.75},
        {"shop": "Market square", "state": "short of staff", "customers": 151, "sales": 1540},
    ],
}

TYPE = PinType(
    "flexible-table",
    FlexibleTable,
    purpose="Rows to sort and filter, with columns that know numbers, badges, links and more.",
    example=EXAMPLE,
)
