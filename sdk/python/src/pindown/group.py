"""Methods written once: each describes a request, and the client's sender waits or is awaited."""

from collections.abc import Awaitable, Callable
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from .request import Request
from .sending import AwaitingSender, WaitingSender

S = TypeVar("S", bound=WaitingSender | AwaitingSender)
P = ParamSpec("P")
T = TypeVar("T")


class Group(Generic[S]):
    """Calls that belong together."""

    def __init__(self, sender: S) -> None:
        self.sender = sender


class call(Generic[P, T]):  # noqa: N801  it is read as a decorator
    """Makes a method that describes a request one that sends it."""

    def __init__(self, describe: Callable[Concatenate[Any, P], Request[T]]) -> None:
        self._describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, group: None, owner: type) -> "call[P, T]": ...
    @overload
    def __get__(self, group: Group[WaitingSender], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, group: Group[AwaitingSender], owner: type) -> Callable[P, Awaitable[T]]: ...
    def __get__(self, group: Any, owner: type) -> Any:
        if group is None:
            return self

        def send(*args: P.args, **kwargs: P.kwargs) -> Any:
            return group.sender.send(self._describe(group, *args, **kwargs))

        return update_wrapper(send, self._describe)
