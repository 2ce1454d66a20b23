"""`/v1/files`"""

from typing import Any, TypedDict, Unpack

from .group import Group, S, call
from .request import Options, Request, fetch, path_of, read, upload, write


class File(TypedDict, total=False):
    """An uploaded file, which pins show by its id."""

    id: str
    name: str
    type: str
    size: int
    url: str
    created_at: int


class Files(Group[S]):
    """Files: pictures and documents that pins show."""

    @call
    def upload(self, name: str, content: bytes, /, **options: Unpack[Options]) -> Request[File]:
        """Upload a file; what it is, is told by its content and not by its name."""
        return upload(path_of("files"), options, name, content)

    @call
    def get(self, file_id: str, /) -> Request[bytes]:
        """Get what a file holds."""
        return fetch(path_of("files", file_id))

    @call
    def list(
        self, *, limit: int | None = None, offset: int | None = None
    ) -> Request[dict[str, Any]]:
        """List what you uploaded, newest first."""
        return read(path_of("files"), {"limit": limit, "offset": offset})

    @call
    def delete(self, file_id: str, /, **options: Unpack[Options]) -> Request[dict[str, Any]]:
        """Delete a file; pins that show it show nothing in its place."""
        return write("DELETE", path_of("files", file_id), options)
