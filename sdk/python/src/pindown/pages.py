"""`/v1/pages`"""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from .collaborators import Collaborators
from .group import Group, S, call
from .invitations import PageInvitations
from .owner import Transferred, new_owner
from .pin import Deleted
from .request import Options, Request, path_of, read, split, write


class Page(TypedDict, total=False):
    """Pins in an order, read from top to bottom."""

    id: str
    owner_id: str
    title: str
    description: str
    tags: list[str]
    pins: list[str]
    hidden: list[dict[str, int]]
    is_public: bool
    require_sign_in: bool
    expires_at: int | None
    metadata: dict[str, Any]
    role: str | None
    revision: int
    created_at: int
    updated_at: int
    shareable_url: str


class PageUpdate(Options, total=False):
    """What a page is written with. What is left out stays as it is."""

    title: str
    description: str
    tags: list[str]
    is_public: bool
    require_sign_in: bool
    expires_at: int | str | None
    metadata: dict[str, Any]


class NewPage(PageUpdate, total=False):
    """What a page is created with: `pins` stand on it from the beginning, in this order."""

    pins: list[str]


class PageList(TypedDict):
    """Some of a list of pages, newest first."""

    items: list[Page]
    pages: list[Page]
    total: int
    limit: int
    offset: int


class Pages(Group[S]):
    """Pages: pins to read from top to bottom."""

    def __init__(self, sender: S) -> None:
        super().__init__(sender)
        self.collaborators = Collaborators(sender, "pages")
        self.invitations = PageInvitations(sender)

    @call
    def create(
        self, body: Mapping[str, Any] | None = None, /, **fields: Unpack[NewPage]
    ) -> Request[Page]:
        """Create a page; it needs a title."""
        options, given = split(fields)
        return write("POST", path_of("pages"), options, {**(body or {}), **given})

    @call
    def get(self, page_id: str, /) -> Request[Page]:
        """Get a page."""
        return read(path_of("pages", page_id))

    @call
    def list(self, *, limit: int | None = None, offset: int | None = None) -> Request[PageList]:
        """List your own pages, newest first."""
        return read(path_of("pages"), {"limit": limit, "offset": offset})

    @call
    def shared(self, *, limit: int | None = None, offset: int | None = None) -> Request[PageList]:
        """List other people's pages that were shared with you."""
        return read(path_of("pages", "shared"), {"limit": limit, "offset": offset})

    @call
    def update(
        self, page_id: str, body: Mapping[str, Any] | None = None, /, **fields: Unpack[PageUpdate]
    ) -> Request[dict[str, Any]]:
        """Change what is given."""
        options, given = split(fields)
        return write("PUT", path_of("pages", page_id), options, {**(body or {}), **given})

    @call
    def delete(self, page_id: str, /, **options: Unpack[Options]) -> Request[Deleted]:
        """Delete a page; its pins stay."""
        return write("DELETE", path_of("pages", page_id), options)

    @call
    def pins(
        self, page_id: str, /, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List its pins from top to bottom, without their configs."""
        return read(path_of("pages", page_id, "pins"), {"limit": limit, "offset": offset})

    @call
    def add_pin(
        self, page_id: str, pin_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Put a pin at the end of the page."""
        return write("POST", path_of("pages", page_id, "pins"), options, {"pin_id": pin_id})

    @call
    def remove_pin(
        self, page_id: str, pin_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take a pin from the page."""
        return write("DELETE", path_of("pages", page_id, "pins", pin_id), options)

    @call
    def order(
        self, page_id: str, pin_ids: Sequence[str], /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Put its pins into this order; those that are left out follow below."""
        path = path_of("pages", page_id, "pins", "order")
        return write("PUT", path, options, {"order": [*pin_ids]})

    @call
    def publish(self, page_id: str, /, **options: Unpack[Options]) -> Request[dict[str, Any]]:
        """Let everyone see it who has the link."""
        return write("POST", path_of("pages", page_id, "publish"), options)

    @call
    def unpublish(self, page_id: str, /, **options: Unpack[Options]) -> Request[dict[str, Any]]:
        """Let only those see it whom it is shared with."""
        return write("POST", path_of("pages", page_id, "unpublish"), options)

    @call
    def duplicate(self, page_id: str, /, **options: Unpack[Options]) -> Request[Page]:
        """Make a page of your own with the same pins, shared with nobody."""
        return write("POST", path_of("pages", page_id, "duplicate"), options)

    @call
    def transfer(
        self,
        page_id: str,
        /,
        *,
        email: str | None = None,
        user_id: str | None = None,
        **options: Unpack[Options],
    ) -> Request[Transferred]:
        """Give it to another account. You stay its editor; its pins stay whose they are."""
        path = path_of("pages", page_id, "transfer")
        return write("POST", path, options, new_owner(email, user_id))

    @call
    def permissions(self, page_id: str, /) -> Request[dict[str, Any]]:
        """What you may do with it."""
        return read(path_of("pages", page_id, "permissions"))
