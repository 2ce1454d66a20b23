"""table: the other name of flexible-table."""

from .flexible_table import EXAMPLE, FlexibleTable
from .pin_type import PinType

TYPE = PinType(
    "table",
    FlexibleTable,
    purpose="The same as flexible-table, under the name other clients use.",
    example=EXAMPLE,
)
