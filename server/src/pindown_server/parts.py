"""The long-lived parts of a running server, as routes receive them."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .changes import Change
from .door.budgets import Budgets
from .door.caller import Caller
from .door.route import Route
from .live.hub import Hub
from .settings import Settings
from .storage import Database, Reader, Transaction


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


@dataclass(frozen=True)
class Parts:
    """Made once in `create_app`."""

    settings: Settings
    database: Database
    hub: Hub
    bus: Bus
    budgets: Budgets
    callers: Callers
    sees_any_pin: Callable[[Reader, Sequence[str], Caller], Awaitable[bool]]
    when_pins_deleted: Callable[[Transaction, Sequence[str]], Awaitable[None]]
    routes: tuple[Route, ...]
    answered: Counter[tuple[str, int]]  # calls by operation and status, since the start
