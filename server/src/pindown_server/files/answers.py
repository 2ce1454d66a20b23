"""What routes of files answer, described."""

from ..door.shapes import Page
from .file import FileView


class FileList(Page):
    """Files, newest first; `size` is the bytes that all of them hold, of `most_size`."""

    items: list[FileView]
    size: int
    most_size: int
