"""One node: an announcement is delivered where it was made."""

from collections.abc import Callable

from ...changes import Change


class MemoryBus:
    """Hands announcements straight to this node's hub."""

    is_heard = True

    def __init__(self, deliver: Callable[[list[Change]], None]) -> None:
        self._deliver = deliver

    async def open(self) -> None:
        """Nothing to open."""

    def publish(self, changes: list[Change]) -> None:
        """Deliver to this node; never raises."""
        self._deliver(changes)

    async def close(self) -> None:
        """Nothing is held."""
