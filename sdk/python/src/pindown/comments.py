"""`…/:id/comments` of a pin or a pinboard."""

from typing import Any, TypedDict, Unpack

from .group import Group, S, call
from .request import Options, Request, path_of, read, write


class Comment(TypedDict, total=False):
    """What somebody said about a thing, in markdown."""

    id: str
    author: dict[str, str]
    text: str
    created_at: int
    updated_at: int


class Comments(Group[S]):
    """What people say about a thing, where it allows comments."""

    def __init__(self, sender: S, things: str) -> None:
        super().__init__(sender)
        self._things = things

    @call
    def list(
        self, thing_id: str, /, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List them."""
        return read(self._path(thing_id), {"limit": limit, "offset": offset})

    @call
    def create(self, thing_id: str, text: str, /, **options: Unpack[Options]) -> Request[Comment]:
        """Say something."""
        return write("POST", self._path(thing_id), options, {"text": text})

    @call
    def update(
        self, thing_id: str, comment_id: str, text: str, /, **options: Unpack[Options]
    ) -> Request[Comment]:
        """Change what you said."""
        return write("PATCH", self._path(thing_id, comment_id), options, {"text": text})

    @call
    def delete(
        self, thing_id: str, comment_id: str, /, **options: Unpack[Options]
    ) -> Request[dict[str, Any]]:
        """Take a comment away: your own, or any on what is yours."""
        return write("DELETE", self._path(thing_id, comment_id), options)

    def _path(self, thing_id: str, *comment: str) -> str:
        return path_of(self._things, thing_id, "comments", *comment)
