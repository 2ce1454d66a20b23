"""The types of pins, one module each: a model of the config, an example, what it is for.

From the model come the validation, the JSON Schema, the documentation and the editor's form.
"""

from . import (
    alert_action,
    bottom_detector,
    charts,
    embed,
    flexible_table,
    image,
    indicator_table,
    json_viewer,
    line_chart,
    long_short_pie,
    markdown,
    score_gauge,
    stat_cards,
    table,
)
from .pin_type import Kind, PinType

__all__ = ["PIN_TYPES", "Kind", "PinType"]

PIN_TYPES: dict[str, PinType] = {
    module.TYPE.name: module.TYPE
    for module in (
        stat_cards,
        line_chart,
        charts,
        flexible_table,
        table,
        alert_action,
        score_gauge,
        indicator_table,
        bottom_detector,
        long_short_pie,
        markdown,
        embed,
        image,
        json_viewer,
    )
}
