"""`table`: the later name of `flexible-table`."""

from .flexible_table import Table
from .pin_type import PinType

TYPE = PinType(
    order=50,
    name="table",
    purpose="Rows and columns: the same as flexible-table.",
    model=Table,
    example={
        "columns": [
            {"id": "product", "name": "Product", "type": "text"},
            {"id": "sold", "name": "Sold", "type": "number"},
            {"id": "left", "name": "Left", "type": "number"},
            {"id": "price", "name": "Price", "type": "currency", "unit": "EUR"},
        ],
        "rows": [
            {"product": "Sourdough", "sold": 412, "left": 38, "price": 4.9},
            {"product": "Rye", "sold": 286, "left": 64, "price": 4.2},
            {"product": "Croissant", "sold": 733, "left": 12, "price": 1.8},
            {"product": "Cinnamon bun", "sold": 391, "left": 9, "price": 2.4},
        ],
    },
)
