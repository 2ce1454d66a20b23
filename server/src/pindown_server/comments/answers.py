"""What routes of comments answer, described."""

from ..door.shapes import Page
from .comment import CommentView


class CommentList(Page):
    """Comments, newest first."""

    items: list[CommentView]
