"""What became of the elements of a batch."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from ...errors import Conflict, PindownError
from ...storage import Transaction

T = TypeVar("T")
R = TypeVar("R")


class Outcome:
    """What was done, in order, and what failed, told as single calls would tell it."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failed: list[dict[str, Any]] = []

    def fail(self, error: PindownError, **named: Any) -> None:
        """Note why an element failed, by its index, its id or both."""
        failure = {**named, "error": error.message, "code": error.code}
        if error.details:
            failure["details"] = error.details
        self.failed.append(failure)

    def require_all(self) -> None:
        """Raise Conflict if an element failed: the caller wants all or nothing."""
        if self.failed:
            count = len(self.failed) + len(self.done)
            raise Conflict(
                f"{len(self.failed)} of {count} failed, so nothing was changed",
                details={"failed": self.failed},
            )


async def do_each(
    tx: Transaction,
    elements: Sequence[T],
    do: Callable[[Transaction, int, T], Awaitable[R]],
    id_of: Callable[[T], str | None],
) -> Outcome:
    """Do something with each element; one that is refused leaves nothing, and the rest goes on."""
    outcome = Outcome()
    for index, element in enumerate(elements):
        try:
            async with tx.attempt():
                done = await do(tx, index, element)
        except PindownError as error:
            found = id_of(element)
            named = {"index": index} if found is None else {"index": index, "id": found}
            outcome.fail(error, **named)
        else:
            outcome.done.append(done)
    return outcome
