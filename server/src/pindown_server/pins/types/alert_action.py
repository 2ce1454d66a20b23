"""alert-action: something happened, and what to do about it."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from .fields import Config, Link, Markdown, Name, Text
from .pin_type import PinType


class Action(Config):
    """A link that does something about it."""

    label: Name
    url: Link
    style: Literal["primary", "secondary", "danger"] | UnsetType = UNSET


class AlertAction(Config):
    """An alert."""

    title: Text
    level: Literal["info", "success", "warning", "critical"] | UnsetType = UNSET
    message: Markdown | UnsetType = UNSET
    actions: Annotated[list[Action], Meta(max_length=10)] | UnsetType = UNSET
    time: float | Name | UnsetType = UNSET


TYPE = PinType(
    "alert-action",
    AlertAction,
    purpose="Something that needs a person, with what to do about it.",
    example={
        "level": "critical",
        "title": "Flour for one more batch",
        "message": "Type 550 is at **18 kg**; a batch takes 16.",
        "actions": [
            {"label": "Order 250 kg", "url": "https://mill.example/order", "style": "primary"}
        ],
    },
)
