"""`/v1/pins`"""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from .batch import BatchOptions, CreatedPins, DeletedPins, PinBatch, UpdatedPins
from .blocks import Blocks
from .collaborators import Collaborators
from .comments import Comments
from .group import Group, S, call
from .owner import Transferred, new_owner
from .pin import (
    Deleted,
    Filters,
    NewPin,
    Pin,
    PinPage,
    PinUpdate,
    Revision,
    RevisionPage,
    SavedPin,
    Series,
    Shared,
    Sharing,
)
from .push_addresses import PushAddresses
from .request import Method, Options, Request, path_of, read, read_by_post, split, write


class Pins(Group[S]):
    """Pins: one value each, with its history."""

    def __init__(self, sender: S) -> None:
        super().__init__(sender)
        self.collaborators = Collaborators(sender, "pins")
        self.blocks = Blocks(sender)
        self.comments = Comments(sender, "pins")
        self.push_addresses = PushAddresses(sender)

    @call
    def create(
        self, body: Mapping[str, Any] | None = None, /, **fields: Unpack[NewPin]
    ) -> Request[Pin]:
        """Create a pin: `create(stat("Sales", 12450), title="Sales")`."""
        options, given = split(fields)
        return write("POST", path_of("pins"), options, {**(body or {}), **given})

    @call
    def get(self, pin_id: str, /, *, as_of: int | str | None = None) -> Request[Pin]:
        """Get a pin; with `as_of` (ms or ISO 8601) as it was then."""
        return read(path_of("pins", pin_id), {"as_of": as_of})

    @call
    def list(self, **filters: Unpack[Filters]) -> Request[PinPage]:
        """List your own pins, newest first, without their configs."""
        return read(path_of("pins"), filters)

    @call
    def shared(self, **filters: Unpack[Filters]) -> Request[PinPage]:
        """List other people's pins that were shared with you."""
        return read(path_of("pins", "shared"), filters)

    @call
    def update(
        self, pin_id: str, body: Mapping[str, Any] | None = None, /, **fields: Unpack[PinUpdate]
    ) -> Request[SavedPin]:
        """Change what is given; everyone who is watching sees it at once."""
        options, given = split(fields)
        return write("PUT", path_of("pins", pin_id), options, {**(body or {}), **given})

    @call
    def patch(
        self,
        pin_id: str,
        patch: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        /,
        **options: Unpack[Options],
    ) -> Request[SavedPin]:
        """Apply a merge patch (a mapping) or a JSON Patch (a list of steps)."""
        kind = "merge-patch" if isinstance(patch, Mapping) else "json-patch"
        path = path_of("pins", pin_id)
        return write("PATCH", path, options, patch, f"application/{kind}+json")

    @call
    def delete(self, pin_id: str, /, **options: Unpack[Options]) -> Request[Deleted]:
        """Delete a pin: it leaves every pinboard and stays in the bin for 30 days."""
        return write("DELETE", path_of("pins", pin_id), options)

    @call
    def share(self, pin_id: str, /, **sharing: Unpack[Sharing]) -> Request[Shared]:
        """Change who sees it; what is left out stays as it is."""
        options, flags = split(sharing)
        return write("POST", path_of("pins", pin_id, "share"), options, flags)

    @call
    def transfer(
        self,
        pin_id: str,
        /,
        *,
        email: str | None = None,
        user_id: str | None = None,
        **options: Unpack[Options],
    ) -> Request[Transferred]:
        """Give it to another account. You stay its editor; it takes no datasets along."""
        path = path_of("pins", pin_id, "transfer")
        return write("POST", path, options, new_owner(email, user_id))

    @call
    def permissions(self, pin_id: str, /) -> Request[dict[str, Any]]:
        """What you may do with it."""
        return read(path_of("pins", pin_id, "permissions"))

    @call
    def revisions(
        self, pin_id: str, /, *, limit: int | None = None, offset: int | None = None
    ) -> Request[RevisionPage]:
        """List its history, newest first."""
        return read(path_of("pins", pin_id, "revisions"), {"limit": limit, "offset": offset})

    @call
    def revision(self, pin_id: str, revision: int, /) -> Request[Revision]:
        """Get the pin as it was at a revision."""
        return read(path_of("pins", pin_id, "revisions", revision))

    @call
    def restore(
        self, pin_id: str, revision: int, /, **options: Unpack[Options]
    ) -> Request[SavedPin]:
        """Make the pin what it was at a revision; that is a new revision."""
        return write("POST", path_of("pins", pin_id, "revisions", revision, "restore"), options)

    @call
    def duplicate(self, pin_id: str, /, **options: Unpack[Options]) -> Request[Pin]:
        """Make a pin of your own that says the same, shared with nobody."""
        return write("POST", path_of("pins", pin_id, "duplicate"), options)

    @call
    def series(
        self,
        pin_id: str,
        path: str,
        /,
        *,
        start: int | str | None = None,
        end: int | str | None = None,
        points: int | None = None,
    ) -> Request[Series]:
        """Get a number of its config over time: `series(pin, "cards/0/value")`."""
        asked = {"path": path, "from": start, "to": end, "points": points}
        return read(path_of("pins", pin_id, "series"), asked)

    @call
    def batch_get(self, pin_ids: Sequence[str], /) -> Request[PinBatch]:
        """Get up to 100 pins at once."""
        return read_by_post(path_of("pins", "batch", "get"), {"pin_ids": [*pin_ids]})

    @call
    def batch_create(
        self, pins: Sequence[Mapping[str, Any]], /, **options: Unpack[BatchOptions]
    ) -> Request[CreatedPins]:
        """Create up to 50 pins, each for itself: look at `failed`."""
        return _batch("POST", {"pins": [*pins]}, options)

    @call
    def batch_update(
        self, updates: Sequence[Mapping[str, Any]], /, **options: Unpack[BatchOptions]
    ) -> Request[UpdatedPins]:
        """Change up to 50 pins, each named by `id`, in one frame to viewers: look at `failed`."""
        return _batch("PATCH", {"updates": [*updates]}, options)

    @call
    def batch_delete(
        self, pin_ids: Sequence[str], /, **options: Unpack[BatchOptions]
    ) -> Request[DeletedPins]:
        """Delete up to 50 pins, each for itself: look at `failed`."""
        return _batch("DELETE", {"pin_ids": [*pin_ids]}, options)


def _batch(method: Method, body: object, options: BatchOptions) -> Request[Any]:
    said, asked = split(options)
    return write(method, path_of("pins", "batch"), said, body, query=asked)
