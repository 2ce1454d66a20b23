"""`/v1/pinboards`"""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from .batch import AddedPins, BatchOptions, PinboardBatch, RemovedPins
from .collaborators import Collaborators
from .comments import Comments
from .group import Group, S, call
from .owner import Transferred, new_owner
from .pin import Deleted, RevisionPage
from .pinboard import (
    ArrangedPinboard,
    BoardSharing,
    Layouts,
    Pinboard,
    PinboardPage,
    PinboardRevision,
    PinboardUpdate,
    Placed,
    Position,
    RestoredPinboard,
    SavedPinboard,
)
from .request import Options, Request, path_of, read, read_by_post, split, write
from .roles import Roles


class Pinboards(Group[S]):
    """Pinboards: pins arranged for people."""

    def __init__(self, sender: S) -> None:
        super().__init__(sender)
        self.collaborators = Collaborators(sender, "pinboards")
        self.comments = Comments(sender, "pinboards")
        self.roles = Roles(sender)

    @call
    def create(
        self, body: Mapping[str, Any] | None = None, /, **fields: Unpack[PinboardUpdate]
    ) -> Request[Pinboard]:
        """Create a pinboard; it needs a title."""
        options, given = split(fields)
        return write("POST", path_of("pinboards"), options, {**(body or {}), **given})

    @call
    def get(self, pinboard_id: str, /, *, as_of: int | str | None = None) -> Request[Pinboard]:
        """Get a pinboard; with `as_of` (ms or ISO 8601) as it was then, with `views` of its pins."""
        return read(path_of("pinboards", pinboard_id), {"as_of": as_of})

    @call
    def list(self, *, limit: int | None = None, offset: int | None = None) -> Request[PinboardPage]:
        """List your own pinboards, newest first."""
        return read(path_of("pinboards"), {"limit": limit, "offset": offset})

    @call
    def shared(
        self, *, limit: int | None = None, offset: int | None = None
    ) -> Request[PinboardPage]:
        """List other people's pinboards that were shared with you."""
        return read(path_of("pinboards", "shared"), {"limit": limit, "offset": offset})

    @call
    def update(
        self,
        pinboard_id: str,
        body: Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[PinboardUpdate],
    ) -> Request[SavedPinboard]:
        """Change what is given."""
        options, given = split(fields)
        return write("PUT", path_of("pinboards", pinboard_id), options, {**(body or {}), **given})

    @call
    def delete(self, pinboard_id: str, /, **options: Unpack[Options]) -> Request[Deleted]:
        """Delete a pinboard; its pins stay."""
        return write("DELETE", path_of("pinboards", pinboard_id), options)

    @call
    def add_pin(
        self,
        pinboard_id: str,
        pin_id: str,
        position: Position | None = None,
        /,
        **options: Unpack[Options],
    ) -> Request[Placed]:
        """Put a pin on the board, or move it; without a position to the first free place."""
        placing = (
            {"pin_id": pin_id} if position is None else {"pin_id": pin_id, "position": position}
        )
        return write("POST", path_of("pinboards", pinboard_id, "pins"), options, placing)

    @call
    def remove_pin(
        self, pinboard_id: str, pin_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take a pin off the board."""
        return write("DELETE", path_of("pinboards", pinboard_id, "pins", pin_id), options)

    @call
    def set_layout(
        self, pinboard_id: str, /, **layouts: Unpack[Layouts]
    ) -> Request[ArrangedPinboard]:
        """Replace the map: a pin left out moves to the first free place under the rest."""
        options, given = split(layouts)
        return write("PUT", path_of("pinboards", pinboard_id, "layout"), options, given)

    @call
    def patch_layout(
        self, pinboard_id: str, /, **layouts: Unpack[Layouts]
    ) -> Request[ArrangedPinboard]:
        """Place the pins that are named; the others stay, unless they are pushed down."""
        options, given = split(layouts)
        return write("PATCH", path_of("pinboards", pinboard_id, "layout"), options, given)

    @call
    def share(
        self, pinboard_id: str, /, **sharing: Unpack[BoardSharing]
    ) -> Request[dict[str, Any]]:
        """Change who sees it; what is left out stays as it is."""
        options, flags = split(sharing)
        return write("POST", path_of("pinboards", pinboard_id, "share"), options, flags)

    @call
    def transfer(
        self,
        pinboard_id: str,
        /,
        *,
        email: str | None = None,
        user_id: str | None = None,
        **options: Unpack[Options],
    ) -> Request[Transferred]:
        """Give it to another account. You stay its editor; its pins stay whose they are."""
        path = path_of("pinboards", pinboard_id, "transfer")
        return write("POST", path, options, new_owner(email, user_id))

    @call
    def permissions(self, pinboard_id: str, /) -> Request[dict[str, Any]]:
        """What you may do with it."""
        return read(path_of("pinboards", pinboard_id, "permissions"))

    @call
    def revisions(
        self, pinboard_id: str, /, *, limit: int | None = None, offset: int | None = None
    ) -> Request[RevisionPage]:
        """List its history, newest first."""
        path = path_of("pinboards", pinboard_id, "revisions")
        return read(path, {"limit": limit, "offset": offset})

    @call
    def revision(self, pinboard_id: str, revision: int, /) -> Request[PinboardRevision]:
        """Get the pinboard as it was at a revision."""
        return read(path_of("pinboards", pinboard_id, "revisions", revision))

    @call
    def restore(
        self, pinboard_id: str, revision: int, /, **options: Unpack[Options]
    ) -> Request[RestoredPinboard]:
        """Make the pinboard what it was at a revision; that is a new revision."""
        path = path_of("pinboards", pinboard_id, "revisions", revision, "restore")
        return write("POST", path, options)

    @call
    def duplicate(self, pinboard_id: str, /, **options: Unpack[Options]) -> Request[Pinboard]:
        """Make a pinboard of your own with the same pins, shared with nobody."""
        return write("POST", path_of("pinboards", pinboard_id, "duplicate"), options)

    @call
    def batch_get(self, pinboard_ids: Sequence[str], /) -> Request[PinboardBatch]:
        """Get up to 100 pinboards at once."""
        body = {"pinboard_ids": [*pinboard_ids]}
        return read_by_post(path_of("pinboards", "batch", "get"), body)

    @call
    def batch_add_pins(
        self, pinboard_id: str, pin_ids: Sequence[str], /, **options: Unpack[BatchOptions]
    ) -> Request[AddedPins]:
        """Place up to 50 pins, each in the first free place: look at `failed`."""
        said, asked = split(options)
        path = path_of("pinboards", pinboard_id, "pins", "batch")
        return write("POST", path, said, {"pin_ids": [*pin_ids]}, query=asked)

    @call
    def batch_remove_pins(
        self, pinboard_id: str, pin_ids: Sequence[str], /, **options: Unpack[BatchOptions]
    ) -> Request[RemovedPins]:
        """Take up to 50 pins from the board: look at `failed`."""
        said, asked = split(options)
        path = path_of("pinboards", pinboard_id, "pins", "batch")
        return write("DELETE", path, said, {"pin_ids": [*pin_ids]}, query=asked)
