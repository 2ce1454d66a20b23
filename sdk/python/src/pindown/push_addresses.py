"""`/v1/push/:name`, and `/v1/pins/:id/push-addresses`"""

from typing import Any, TypedDict, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, write


class Pushed(TypedDict, total=False):
    """Where a value went: `is_new` tells that the push made the pin."""

    id: str
    name: str
    pin_type: str
    is_new: bool
    pinboard_id: str | None
    revision: int
    version: int
    updated_at: int
    shareable_url: str


class PushAddress(TypedDict, total=False):
    """A secret address that sets the value of one pin; `url` is in the answer to its creation only."""

    id: str
    name: str
    hint: str
    created_at: int
    last_used_at: int | None
    url: str


class Push(Group[S]):
    """Pushing to a name."""

    @call
    def push(self, name: str, value: object, /, **options: Unpack[Options]) -> Request[Pushed]:
        """Push a number, a text, a list or a mapping to your pin of this name.

        The first push makes the pin and places it on your pinboard Inbox; later ones set its value.
        """
        return write("POST", path_of("push", name), options, value)


class PushAddresses(Group[S]):
    """Secret addresses that set the value of one pin and nothing else."""

    @call
    def list(self, pin_id: str, /) -> Request[dict[str, Any]]:
        """List a pin's addresses, newest first, without their secrets."""
        return read(path_of("pins", pin_id, "push-addresses"))

    @call
    def create(
        self, pin_id: str, name: str = "", /, **options: Unpack[Options]
    ) -> Request[PushAddress]:
        """Make an address; its `url` is shown this once."""
        path = path_of("pins", pin_id, "push-addresses")
        return write("POST", path, options, {"name": name}, is_secret=True)

    @call
    def delete(
        self, pin_id: str, address_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take an address away; whoever holds it can push no more."""
        return write("DELETE", path_of("pins", pin_id, "push-addresses", address_id), options)
