"""The shapes in which a body may say what a pin is, read into one.

Clients of different ages put the config, the type, the title and the flags in different places.
On create the first found counts. On update, copies that say what is stored already do not count,
so that an answer can be changed and sent back; if the rest differ, the body is refused.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from ..clock import LATEST, MINUTE, now
from ..clock import parse as parse_time
from ..door import body as bodies
from ..door.shapes import DateTime, Milliseconds
from ..errors import Problem, ValidationFailed, invalid
from ..people.account import read_email
from .pin import LARGEST_CONFIG, LARGEST_METADATA, LONGEST_TITLE, Pin
from .types import PIN_TYPES

Title = Annotated[str, Meta(min_length=1, max_length=LONGEST_TITLE)]
Description = Annotated[str, Meta(max_length=2000)]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=50)]], Meta(max_length=50)]
Layout = Literal["1x1", "1x2", "2x1", "2x2", "3x1", "3x2", "3x3", "4x4"]
DataType = Literal["pin-card", "markdown", "json", "text"]
Seconds = Annotated[
    int, Meta(ge=1, le=366 * 24 * 3600, description="seconds from push to push before it is late")
]
Grace = Annotated[int, Meta(ge=0, le=366 * 24 * 3600, description="seconds more to wait")]
Names = Annotated[
    list[Annotated[str, Meta(max_length=100)]],
    Meta(
        max_length=100,
        description="datasets that others wrote into the pin and that it may draw from; by its owner",
    ),
]
OwnDataset = Annotated[
    str | None, Meta(description="id of the dataset whose keys its texts write bare: {{revenue}}")
]
Moment = Annotated[
    Milliseconds | DateTime | None, Meta(description="epoch milliseconds or ISO 8601; then it ends")
]
A_TYPE = Meta(extra_json_schema={"enum": list(PIN_TYPES)})
TypeName = Annotated[
    str, A_TYPE, Meta(description="one of /v1/pin-types; by default that of the data")
]
Config = Annotated[
    msgspec.Raw, Meta(extra_json_schema={"description": "what it shows, in the shape of its type"})
]
Object = Annotated[
    msgspec.Raw,
    Meta(
        extra_json_schema={"type": "object", "description": "title, tags …, and keys of your own"}
    ),
]
Public = Annotated[bool, Meta(description="whoever has the link sees it")]
PublicEdit = Annotated[bool, Meta(description="whoever sees it and is signed in may change it")]
SignIn = Annotated[bool, Meta(description="only people with an account see it")]
Commented = Annotated[bool, Meta(description="whoever sees it may comment")]
GivenRole = Literal["editor", "viewer"]
FASTEST_CLOCK = 5 * MINUTE  # what the clock of whoever pushes may be ahead


class PinMetadataBody(msgspec.Struct):
    """What `metadata` may say about the pin; other keys in it are the caller's own and kept."""

    title: Title | UnsetType = UNSET
    name: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    pin_type: TypeName | UnsetType = UNSET
    pin_layout: Layout | UnsetType = UNSET
    pin_config: Config | UnsetType = UNSET
    is_public: Public | UnsetType = UNSET
    allow_edit: PublicEdit | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET
    allow_comments: Commented | UnsetType = UNSET


class PinBody(msgspec.Struct, forbid_unknown_fields=True):
    """A pin to create, or what to change of one."""

    data_type: DataType | UnsetType = UNSET
    pin_type: TypeName | UnsetType = UNSET
    pin_card_type: Annotated[str, A_TYPE] | UnsetType = UNSET
    pin_layout: Layout | UnsetType = UNSET
    pin_config: Config | UnsetType = UNSET
    content: Config | UnsetType = UNSET
    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    dataset_id: OwnDataset | UnsetType = UNSET
    is_public: Public | UnsetType = UNSET
    allow_edit: PublicEdit | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET
    allow_comments: Commented | UnsetType = UNSET
    expires_at: Moment | UnsetType = UNSET
    expect_every: Seconds | None | UnsetType = UNSET
    grace: Grace | None | UnsetType = UNSET
    observed_at: Milliseconds | DateTime | UnsetType = UNSET
    allow_sources: Names | UnsetType = UNSET
    metadata: Object | UnsetType = UNSET


class PinSharingBody(msgspec.Struct, forbid_unknown_fields=True):
    """Who sees it; what is left out stays as it is."""

    is_public: Public | UnsetType = UNSET
    allow_edit: PublicEdit | UnsetType = UNSET
    require_sign_in: SignIn | UnsetType = UNSET
    allow_comments: Commented | UnsetType = UNSET
    expires_at: Moment | UnsetType = UNSET


class NewPinBody(PinBody):
    """A pin to create, and who shall have which role on it from the beginning, by e-mail."""

    pending_invites: Annotated[dict[str, GivenRole], Meta(max_length=50)] = {}


class Changes(msgspec.Struct, gc=False):
    """What is to be different: the pin's fields by name, and the caller's own metadata.

    `observed_at`: when the value was true, if that was said. `allow_sources`: names of datasets
    that others wrote into it and that it may use from now on. `config_path` and `type_path` say
    where those were sent, for refusals.
    """

    values: dict[str, Any]
    own_metadata: dict[str, Any]
    observed_at: int | None = None
    config_path: str = "content"
    type_path: str = "pin_type"
    allow_sources: list[str] = []


# Where a field may stand, in the order in which it counts: path → field of the pin.
ROOT: dict[str, str] = {
    **{name: name for name in PinBody.__struct_fields__ if name not in ("content", "metadata")},
    "pin_config": "config",
    "content": "config",
    "pin_card_type": "pin_type",
}
METADATA: dict[str, str] = {
    **{name: name for name in PinMetadataBody.__struct_fields__},
    "pin_config": "config",
    "name": "title",
}
ORDER: dict[str, tuple[str, ...]] = {
    "config": ("pin_config", "metadata/pin_config", "content"),
    "pin_type": ("pin_type", "metadata/pin_type", "pin_card_type"),
    "title": ("metadata/title", "title", "metadata/name"),
}
# Keys of `metadata` that an answer adds: neither the caller's own nor anything to set.
ADDED = frozenset({"created_at", "updated_at"})

Copies = dict[str, dict[str, Any]]  # field → path → value


def read_changes(body: bytes, pin: Pin | None) -> Changes:
    """What a body wants different of this pin, or of a new one where there is none yet."""
    return choose(read_copies(body), pin)


def take_invites(body: bytes) -> tuple[bytes, dict[str, str]]:
    """The body of a new pin without its `pending_invites`, and those: role by e-mail."""
    if b"pending_invites" not in body:
        return body, {}
    invites = bodies.read(NewPinBody, body).pending_invites
    for email in invites:
        read_email(email, f"pending_invites/{bodies.escape(email)}")
    given = _GIVEN.decode(body)
    given.pop("pending_invites", None)
    return msgspec.json.encode(given), dict(invites)


def read_copies(body: bytes) -> tuple[Copies, dict[str, Any]]:
    """Everything a body says about the pin, copy by copy, and the caller's own metadata.

    Each field is read by itself, so that the usual body of one field costs one field. Raises
    ValidationFailed with every problem of the body.
    """
    bodies.require_safe(body)
    try:
        given = _GIVEN.decode(body)
        copies: Copies = {}
        own: dict[str, Any] = {}
        for name, raw in given.items():
            if name == "metadata":
                own = _read_metadata(raw, copies)
            elif name in ROOT:
                copies.setdefault(ROOT[name], {})[name] = _ROOT_DECODERS[name].decode(raw)
            elif name not in bodies.ANSWER_ONLY:
                raise msgspec.ValidationError(name)
    except msgspec.MsgspecError:
        bodies.refuse(body, PinBody, "metadata", PinMetadataBody)
        # A whole number was written as 60.0: said again as 60, it is read as ever.
        return read_copies(msgspec.json.encode(bodies.read(PinBody, body)))
    return copies, own


def _read_metadata(raw: msgspec.Raw, copies: Copies) -> dict[str, Any]:
    own = {}
    for name, item in _GIVEN.decode(raw).items():
        if name in METADATA:
            value = _METADATA_DECODERS[name].decode(item)
            copies.setdefault(METADATA[name], {})["metadata/" + name] = value
        elif name not in ADDED:
            own[name] = msgspec.json.decode(item)
    return own


def choose(said: tuple[Copies, dict[str, Any]], pin: Any) -> Changes:
    """The copies that count for this pin, or pinboard; None for a new one."""
    copies, own = said
    changes = Changes({}, own)
    for field, places in copies.items():
        if len(places) == 1:
            ((path, value),) = places.items()
        else:
            path, value = _one_of(field, places, pin)
        if field == "config":
            changes.config_path = path
            value = one_line(path, value)
        elif field == "pin_type":
            changes.type_path = path
        elif field == "expires_at":
            value = read_moment(path, value)
        elif field == "allow_sources":
            changes.allow_sources = value
            continue
        elif field == "observed_at":
            changes.observed_at = _read_observed(value)
            continue
        changes.values[field] = value
    return changes


def _one_of(field: str, places: dict[str, Any], pin: Any) -> tuple[str, Any]:
    """The first on create; on update the one that differs from what is stored."""
    order = [path for path in ORDER.get(field, (field, "metadata/" + field)) if path in places]
    if pin is None:
        return order[0], places[order[0]]
    stored = _comparable(field, getattr(pin, field))
    values = {path: _comparable(field, places[path]) for path in order}
    different = [path for path in order if values[path] != stored]
    for other in different[1:]:
        if values[other] != values[different[0]]:
            raise _contradiction(different[0], other)
    path = different[0] if different else order[0]
    return path, places[path]


def _comparable(field: str, value: Any) -> Any:
    if field in ("config", "tags") and isinstance(value, (str, msgspec.Raw)):
        return msgspec.json.decode(value)
    return value


def _contradiction(one: str, other: str) -> ValidationFailed:
    return ValidationFailed(
        f"{one} and {other} say different things: send one of them",
        [Problem(one, f"differs from {other}"), Problem(other, f"differs from {one}")],
    )


def one_line(path: str, raw: msgspec.Raw) -> str:
    """A config as it was sent, on one line: the live stream's events are lines."""
    text = bytes(raw)
    if b"\n" in text or b"\r" in text:
        text = msgspec.json.format(text, indent=-1)
    if len(text) > LARGEST_CONFIG:
        raise invalid(path, f"{path} is larger than {LARGEST_CONFIG // 1024} KiB", "≤ 512 KiB")
    return text.decode()


def read_moment(field: str, value: Moment) -> int | None:
    """A point in time as epoch milliseconds; raises ValidationFailed."""
    if value is None:
        return None
    moment = value if isinstance(value, int) else parse_time(value)
    if moment is None or moment > LATEST or (isinstance(value, int) and moment < 1):
        expected = "epoch milliseconds or ISO 8601"
        raise invalid(field, f"{field} must be {expected}", expected)
    return moment


def _read_observed(value: int | str) -> int | None:
    """When a value was true; raises ValidationFailed for the future, which nothing could replace."""
    moment = read_moment("observed_at", value)
    if moment is not None and moment > now() + FASTEST_CLOCK:
        raise invalid(
            "observed_at", "observed_at lies in the future: is the clock right?", "a time until now"
        )
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


def types_of_new(given: dict[str, Any]) -> tuple[str, str]:
    """The pin type and data type of a new pin, by what was sent."""
    config, data_type = given.get("config", ""), given.get("data_type")
    if "pin_type" in given:
        pin_type = given["pin_type"]
        follows = {"markdown": "markdown", "json-viewer": "json"}.get(pin_type, "pin-card")
        return pin_type, data_type or follows
    is_data = config.startswith(("{", "["))
    if data_type == "json" and is_data:
        return "json-viewer", "json"
    if data_type == "pin-card" or (is_data and not _is_markdown(config)):
        raise require_type()
    return "markdown", data_type or "markdown"


def _is_markdown(config: str) -> bool:
    value = msgspec.json.decode(config)
    return isinstance(value, dict) and (not value or isinstance(value.get("content"), str))


def untitled(changes: Changes) -> ValidationFailed:
    """The refusal of a new pin without a title, with what else is wrong with it."""
    given = changes.values
    message = "metadata.title is required"
    problems = [Problem("metadata/title", message, f"text of 1 to {LONGEST_TITLE} characters")]
    try:
        pin_type, _ = types_of_new(given)
        if "config" in given:
            require_fit(pin_type, changes.type_path, given["config"], changes.config_path)
    except ValidationFailed as error:
        problems += error.problems
    return ValidationFailed(message, problems)


def _decoders(model: Any) -> dict[str, msgspec.json.Decoder[Any]]:
    """A decoder for each field of a type."""
    return {
        field.encode_name: msgspec.json.Decoder(field.type)
        for field in msgspec.structs.fields(model)
    }


_GIVEN = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ROOT_DECODERS = _decoders(PinBody)
_METADATA_DECODERS = _decoders(PinMetadataBody)
