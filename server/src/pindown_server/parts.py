"""The long-lived parts of a running server, as routes receive them."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from .changes import Change
from .door.budgets import Budgets
from .door.caller import Caller
from .door.route import Route
from .door.turns import Turns
from .live.hub import Hub
from .mail.mailer import Mailer
from .settings import Settings
from .storage import Database, Reader, Transaction


class DatasetUsers(Protocol):
    """The pins that draw from what has these names among an owner's datasets."""

    async def raise_versions(
        self, tx: Transaction, owner_id: str, names: Collection[str], /
    ) -> None:
        """What these names mean is different now: show it, after the commit."""

    async def list_users(
        self, reader: Reader, owner_id: str, names: Collection[str], /
    ) -> list[str]:
        """Their ids."""


class Bus(Protocol):
    """Carries announcements to every node."""

    is_heard: bool  # whether the other nodes' announcements arrive

    async def open(self) -> None:
        """Begin; raises SettingError if that cannot be."""

    def publish(self, changes: list[Change]) -> None:
        """Send to all nodes, this one included; never raises."""

    async def close(self) -> None:
        """Let go of it."""


class Callers(Protocol):
    """What is remembered about keys and sessions."""

    async def find(self, headers: dict[bytes, bytes], address: str, /) -> Caller | None:
        """Who is behind a call; None for a visitor."""

    def forget(self) -> None:
        """Read keys and sessions again when they are used next."""

    async def refresh(self, caller: Caller) -> Caller | None:
        """The caller as it is now; None if its key, session or account is gone."""


class Redraws(Protocol):
    """Watches over pins that draw from datasets while somebody is shown them."""

    @property
    def mark(self) -> int:
        """Grows with whatever becomes known."""

    def learn(self, pins: Iterable[Any], /) -> None:
        """Watch over pins that somebody is about to be shown."""

    def knew(self, pins: Iterable[Any], mark: int, /) -> bool:
        """Whether all of these were watched over already at this mark."""


class Invitations(Protocol):
    """Giving roles by e-mail, and the links that bring new people in."""

    async def give_role(
        self,
        tx: Transaction,
        caller: Caller,
        kind: Literal["pin", "pinboard", "page"],
        thing_id: str,
        email: str,
        role: str,
        message: str = "",
    ) -> dict[str, Any]:
        """Give somebody a role and write to them after the commit; what the giver is told."""

    async def find_email(self, reader: Reader, token: str) -> str:
        """Whom the link is for; raises NotFound, Gone."""

    async def accept(self, tx: Transaction, user_id: str, token: str) -> None:
        """Give an account the role of its invitation; raises Forbidden for another's."""

    async def give_roles(
        self, tx: Transaction, caller: Caller, pin_id: str, roles: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        """Give people, by e-mail, roles on a pin of the caller's; what it is told of each."""


@dataclass(frozen=True)
class Parts:
    """Made once in `create_app`."""

    settings: Settings
    database: Database
    hub: Hub
    bus: Bus
    budgets: Budgets
    callers: Callers
    redraws: Redraws
    turns: Turns
    mail: Mailer
    sees_any_pin: Callable[[Reader, Sequence[str], Caller], Awaitable[bool]]
    dataset_users: DatasetUsers
    when_pins_deleted: Callable[[Transaction, Sequence[str]], Awaitable[None]]
    invitations: Invitations
    routes: tuple[Route, ...]
    answered: Counter[tuple[str, int]]  # calls by operation and status, since the start
