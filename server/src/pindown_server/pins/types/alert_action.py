"""`alert-action`: something that happened, and what can be done about it."""

from typing import Annotated, Literal

from .fields import Config, Link, Markdown, Moment, Text, says
from .pin_type import PinType


class Action(Config):
    """A button."""

    label: Annotated[Text | None, says("What the button says")] = None
    url: Annotated[Link | None, says("Where it leads")] = None
    style: Annotated[
        Text | None, says("How it looks: the first one stands out unless it is secondary")
    ] = None


class AlertAction(Config):
    """Something that happened, and what can be done about it."""

    title: Annotated[Text, says("What happened")]
    level: Annotated[
        Literal["info", "success", "warning", "critical"] | None,
        says("How urgent it is; info if absent"),
    ] = None
    message: Annotated[Markdown | None, says("More about it")] = None
    actions: Annotated[list[Action] | None, says("What can be done about it")] = None
    time: Annotated[Moment | None, says("When it happened: ISO 8601 or epoch milliseconds")] = None


TYPE = PinType(
    order=60,
    name="alert-action",
    purpose="Something that happened and what can be done about it; nobody overlooks a critical one.",
    model=AlertAction,
    example={
        "level": "critical",
        "title": "Flour for one more batch",
        "message": "18 kg left. The mill delivers until **16:00** if ordered in the next hour.",
        "actions": [
            {"label": "Order flour", "url": "https://mill.example/order", "style": "primary"},
            {"label": "Call the mill", "url": "mailto:orders@mill.example", "style": "secondary"},
        ],
        "time": "2026-11-22T13:42:00Z",
    },
)
