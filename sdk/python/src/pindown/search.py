"""`/v1/search`"""

from typing import Any

from .group import Group, S, call
from .request import Request, path_of, read


class Search(Group[S]):
    """Finding things by their words."""

    @call
    def search(self, words: str, /, *, limit: int | None = None) -> Request[dict[str, Any]]:
        """Find what is yours or was shared with you, by words of title, description and tags."""
        return read(path_of("search"), {"q": words, "limit": limit})
