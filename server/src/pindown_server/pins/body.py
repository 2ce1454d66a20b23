"""The shapes in which a body may say what a pin is, read into one.

Clients of different ages put the config, the type, the title and the flags in different places.
On create the first found counts. On update, copies that say what is stored already do not count,
so that an answer can be changed and sent back; if the rest differ, the body is refused.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..clock import parse as parse_time
from ..door import body as bodies
from ..errors import Problem, ValidationFailed, invalid
from .pin import FLAGS, LARGEST_CONFIG, LARGEST_METADATA, Pin
from .types import PIN_TYPES

Title = Annotated[str, Meta(min_length=1, max_length=200)]
Description = Annotated[str, Meta(max_length=2000)]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=50)]], Meta(max_length=50)]
Layout = Literal["1x1", "1x2", "2x1", "2x2", "3x1", "3x2", "3x3", "4x4"]
DataType = Literal["pin-card", "markdown", "json", "text"]
Seconds = Annotated[int, Meta(ge=1, le=366 * 24 * 3600)]
Grace = Annotated[int, Meta(ge=0, le=366 * 24 * 3600)]
Moment = int | str | None


class PinMetadata(msgspec.Struct):
    """What `metadata` may say about the pin; other keys in it are the caller's own and kept."""

    title: Title | UnsetType = UNSET
    name: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    pin_type: str | UnsetType = UNSET
    pin_layout: Layout | UnsetType = UNSET
    pin_config: msgspec.Raw | UnsetType = UNSET
    is_public: bool | UnsetType = UNSET
    allow_edit: bool | UnsetType = UNSET
    require_sign_in: bool | UnsetType = UNSET
    allow_comments: bool | UnsetType = UNSET


class PinBody(msgspec.Struct, forbid_unknown_fields=True):
    """A pin to create, or what to change of one."""

    data_type: DataType | UnsetType = UNSET
    pin_type: str | UnsetType = UNSET
    pin_card_type: str | UnsetType = UNSET
    pin_layout: Layout | UnsetType = UNSET
    pin_config: msgspec.Raw | UnsetType = UNSET
    content: msgspec.Raw | UnsetType = UNSET
    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    dataset_id: str | None | UnsetType = UNSET
    is_public: bool | UnsetType = UNSET
    allow_edit: bool | UnsetType = UNSET
    require_sign_in: bool | UnsetType = UNSET
    allow_comments: bool | UnsetType = UNSET
    expires_at: Moment | UnsetType = UNSET
    expect_every: Seconds | None | UnsetType = UNSET
    grace: Grace | None | UnsetType = UNSET
    metadata: msgspec.Raw | UnsetType = UNSET


class Changes(msgspec.Struct, gc=False):
    """What is to be different; UNSET stays as it is. `config_path`: where the config was sent."""

    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    pin_type: str | UnsetType = UNSET
    pin_layout: str | UnsetType = UNSET
    data_type: str | UnsetType = UNSET
    config: str | UnsetType = UNSET
    config_path: str = "content"
    type_path: str = "pin_type"
    dataset_id: str | None | UnsetType = UNSET
    is_public: bool | UnsetType = UNSET
    allow_edit: bool | UnsetType = UNSET
    require_sign_in: bool | UnsetType = UNSET
    allow_comments: bool | UnsetType = UNSET
    expires_at: int | None | UnsetType = UNSET
    expect_every: int | None | UnsetType = UNSET
    grace: int | None | UnsetType = UNSET
    own_metadata: dict[str, Any] | UnsetType = UNSET


# Keys of `metadata` that are about the pin, and those an answer adds: none is the caller's own.
OURS = frozenset(PinMetadata.__struct_fields__) | {"created_at", "updated_at"}
NO_METADATA = PinMetadata()
Found = tuple[str, Any]


def read_changes(body: PinBody, pin: Pin | None) -> Changes:
    """What the body wants different of this pin, or of a new one where there is none yet."""
    metadata, own = _read_metadata(body.metadata)
    choose = _Choice(pin)
    changes = Changes(
        data_type=body.data_type,
        dataset_id=body.dataset_id,
        expect_every=body.expect_every,
        grace=body.grace,
    )
    changes.config_path, changes.config = choose.config(
        ("pin_config", body.pin_config),
        ("metadata/pin_config", metadata.pin_config),
        ("content", body.content),
    )
    if metadata is NO_METADATA and body.pin_type is UNSET and body.title is UNSET:
        # The hottest body, {"content": …}, has nothing else to choose from.
        choose.rest(changes, body, metadata)
    else:
        changes.type_path, changes.pin_type = choose.value(
            "pin_type",
            ("pin_type", body.pin_type),
            ("metadata/pin_type", metadata.pin_type),
            ("pin_card_type", body.pin_card_type),
        )
        changes.title = choose.value(
            "title",
            ("metadata/title", metadata.title),
            ("title", body.title),
            ("metadata/name", metadata.name),
        )[1]
        choose.rest(changes, body, metadata)
    if body.expires_at is not UNSET:
        changes.expires_at = _read_moment("expires_at", body.expires_at)
    if own:
        changes.own_metadata = own
    return changes


class _Choice:
    """Chooses among several copies of a field."""

    def __init__(self, pin: Pin | None) -> None:
        self._pin = pin

    def value(self, name: str, *found: Found) -> Found:
        """The copy that counts, with its path."""
        given = [copy for copy in found if copy[1] is not UNSET]
        if not given:
            return found[0]
        if len(given) == 1 or self._pin is None:
            return given[0]
        stored = getattr(self._pin, name)
        if name == "tags":
            stored = msgspec.json.decode(stored)
        return _only(given, [copy for copy in given if copy[1] != stored])

    def config(self, *found: Found) -> tuple[str, str | UnsetType]:
        """The config that counts, as JSON text on one line."""
        given = [copy for copy in found if copy[1] is not UNSET]
        if not given:
            return "content", UNSET
        path, raw = given[0]
        if len(given) > 1 and self._pin is not None:
            values = [(path, msgspec.json.decode(raw)) for path, raw in given]
            stored = msgspec.json.decode(self._pin.config)
            path = _only(values, [copy for copy in values if copy[1] != stored])[0]
            raw = dict(given)[path]
        return path, one_line(path, raw)

    def rest(self, changes: Changes, body: PinBody, metadata: PinMetadata) -> None:
        """What stands at the root or in `metadata`."""
        for name in ("description", "tags", "pin_layout", *FLAGS):
            root, inner = getattr(body, name), getattr(metadata, name)
            if inner is UNSET:
                setattr(changes, name, root)
            else:
                copies = (name, root), ("metadata/" + name, inner)
                setattr(changes, name, self.value(name, *copies)[1])


def _only(given: list[Found], different: list[Found]) -> Found:
    """The one thing the copies that differ from the stored one say."""
    if not different:
        return given[0]
    for other in different[1:]:
        if other[1] != different[0][1]:
            paths = f"{different[0][0]} and {other[0]}"
            raise ValidationFailed(
                f"{paths} say different things: send one of them",
                [Problem(different[0][0], f"differs from {other[0]}"), Problem(other[0], f"differs from {different[0][0]}")],
            )  # fmt: skip
    return different[0]


def one_line(path: str, raw: msgspec.Raw) -> str:
    """A config as it was sent, on one line: the live stream's events are lines."""
    text = bytes(raw)
    if b"\n" in text or b"\r" in text:
        text = msgspec.json.format(text, indent=-1)
    if len(text) > LARGEST_CONFIG:
        raise invalid(path, f"{path} is larger than {LARGEST_CONFIG // 1024} KiB", "≤ 512 KiB")
    return text.decode()


def _read_metadata(raw: msgspec.Raw | UnsetType) -> tuple[PinMetadata, dict[str, Any]]:
    """What `metadata` says about the pin, and the keys that are the caller's own."""
    if raw is UNSET:
        return NO_METADATA, {}
    everything = bodies.read_part(dict[str, msgspec.Raw], raw, "metadata")
    own = {key: msgspec.json.decode(item) for key, item in everything.items() if key not in OURS}
    metadata = bodies.read_part(PinMetadata, raw, "metadata")
    return metadata, own


def _read_moment(field: str, value: Moment | UnsetType) -> int | None:
    if value is None or isinstance(value, UnsetType):
        return None
    moment = value if isinstance(value, int) else parse_time(value)
    if moment is None or not 0 < moment < 10**14:
        expected = "epoch milliseconds or ISO 8601"
        raise invalid(field, f"{field} must be {expected}", expected)
    return moment


def merge_metadata(stored: str, own: dict[str, Any]) -> str:
    """The caller's own keys after this change, key by key; null takes one away."""
    merged = msgspec.json.decode(stored) | own
    text = msgspec.json.encode({key: item for key, item in merged.items() if item is not None})
    if len(text) > LARGEST_METADATA:
        raise invalid("metadata", "metadata holds more than 16 KiB of own keys", "≤ 16 KiB")
    return text.decode()


def require_fit(pin_type: str, type_path: str, config: str, config_path: str) -> None:
    """Raise ValidationFailed unless the config is one of the type, listing every problem."""
    if pin_type not in PIN_TYPES:
        expected = " | ".join(PIN_TYPES)
        raise ValidationFailed(
            f"Unknown pin card type '{pin_type[:60]}'",
            [Problem(type_path, "is not a type of pin", expected)],
            reason="INVALID_PIN_TYPE",
        )
    checked = config.encode()
    if pin_type == "markdown" and config.startswith('"'):
        checked = b'{"content":' + checked + b"}"
    elif pin_type == "json-viewer":
        return  # any JSON
    problems = PIN_TYPES[pin_type].find_problems(checked)
    if problems:
        named = [
            Problem(f"{config_path}/{p.field}" if p.field else config_path, p.message, p.expected)
            for p in problems
        ]
        raise ValidationFailed(
            f"Invalid content structure for pin card type '{pin_type}'",
            named,
            reason="PIN_CONFIG_INVALID",
        )


def require_type() -> ValidationFailed:
    """The refusal of a card without a type, word for word as the quickstart shows it."""
    expected = " | ".join(PIN_TYPES)
    return ValidationFailed(
        "Pin card type is required", [Problem("pin_type", "is required", expected)]
    )

