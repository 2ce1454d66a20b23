"""An API key and its rules. No database, no HTTP."""

from typing import Annotated, Any, Final

import msgspec

from ..clock import LATEST
from ..clock import parse as parse_time
from ..door import scopes as door_scopes
from ..door.caller import Caller
from ..errors import Forbidden, Problem, ValidationFailed, invalid
from ..people.account import one_line
from ..tiers import Tiers

LONGEST_NAME: Final = 100
MOST_RESOURCES: Final = 200  # as many ids as one live stream takes

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
Scope = Annotated[str, msgspec.Meta(extra_json_schema={"enum": list(door_scopes.SCOPES)})]
Scopes = Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=len(door_scopes.SCOPES))]
Resource = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(p|pb|pg|d)-[a-z0-9]{1,40}$",
        extra_json_schema={"x-expected": "the id of a pin, pinboard, page or dataset"},
    ),
]
Resources = Annotated[list[Resource], msgspec.Meta(min_length=1, max_length=MOST_RESOURCES)]


class Key(msgspec.Struct, frozen=True):
    """What is known of a key besides its secret."""

    id: str
    user_id: str
    name: str
    hint: str
    scopes: tuple[str, ...]
    resources: tuple[str, ...] | None
    tier: str | None  # None: the account's
    expires_at: int | None
    created_at: int
    created_by: str
    last_used_at: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The key as its owner sees it."""
        shown = msgspec.structs.asdict(self)
        del shown["user_id"]
        return shown


def hint_of(secret: str) -> str:
    """Enough of a key to tell it from others."""
    return f"{secret[:12]}…{secret[-4:]}"


def read_name(text: str) -> str:
    """The name on one visible line; raises ValidationFailed."""
    name = one_line(text)
    if not name:
        raise invalid("name", "name must not be empty", f"1 to {LONGEST_NAME} characters")
    return name


def read_scopes(names: list[str]) -> tuple[str, ...]:
    """Scopes in the order of the list, each once; raises ValidationFailed."""
    expected = " | ".join(door_scopes.SCOPES)
    problems = [
        Problem(f"scopes/{index}", "is not a scope", expected)
        for index, name in enumerate(names)
        if name not in door_scopes.SCOPES
    ]
    if problems:
        unknown = names[int(problems[0].field.rpartition("/")[2])]
        raise ValidationFailed(f"'{unknown[:40]}' is not a scope", problems)
    return tuple(scope for scope in door_scopes.SCOPES if scope in names)


def read_expiry(value: int | str | None, now: int) -> int | None:
    """When a key shall expire, epoch milliseconds or ISO 8601; raises ValidationFailed."""
    if value is None:
        return None
    moment = value if isinstance(value, int) else parse_time(value)
    if moment is None or not now < moment <= LATEST:
        expected = "a time to come, in epoch milliseconds or ISO 8601"
        raise invalid("expires_at", f"expires_at must be {expected}", expected)
    return moment


def require_whole(caller: Caller) -> None:
    """Raise Forbidden for a key that is limited to some things: keys are not among them."""
    if caller.resources is not None:
        raise Forbidden("A key that is limited to some things has nothing to do with other keys")


def require_no_wider(key: Key, account_tier: str, caller: Caller, tiers: Tiers) -> None:
    """Raise Forbidden if the key could do more, faster or for longer than who makes it."""
    require_whole(caller)
    wider = [scope for scope in key.scopes if not caller.holds(scope)]
    if wider:
        raise Forbidden(f"This key cannot give the scope {wider[0]}, which it does not have")
    if caller.kind == "key" and _ends_later(key.expires_at, caller.expires_at):
        raise Forbidden("A key cannot make or change one that lasts longer than itself")
    tier = key.tier or account_tier
    if tiers.is_wider(tier, caller.tier):
        raise Forbidden(f"The tier {tier} is wider than your own, {caller.tier}")


def _ends_later(moment: int | None, limit: int | None) -> bool:
    return limit is not None and (moment is None or moment > limit)
