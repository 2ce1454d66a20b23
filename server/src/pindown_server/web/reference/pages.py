"""The reference as it is served: made when it is first asked for, then kept, compressed too."""

import gzip
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ... import __version__
from ...door.openapi import document
from ...door.route import Route
from .examples import examples
from .page import make_pages

HERE = Path(__file__).parent
FONTS = (
    ("Geist Variable", "geist-latin-wght-normal"),
    ("Geist Mono Variable", "geist-mono-latin-wght-normal"),
)


class Page(NamedTuple):
    """What is sent for an address."""

    content_type: bytes
    body: bytes
    compressed: bytes


class Reference:
    """`/docs` and what belongs to it."""

    def __init__(self, routes: tuple[Route, ...], address: str, files: Iterable[str]) -> None:
        self._routes = routes
        self._address = address
        self._files = sorted(files)

    def find(self, path: str) -> Page | None:
        """The page at an address; None where there is none."""
        return self._pages.get(path.rstrip("/") or "/")

    @cached_property
    def _pages(self) -> dict[str, Page]:
        shown = examples()
        described = document(self._routes, __version__, shown)
        made = make_pages(described, shown, self._address, self._fonts())
        pages = {path: _page(b"text/html; charset=utf-8", text) for path, text in made.items()}
        css, script = (HERE / name for name in ("page.css", "page.js"))
        pages["/docs/page.css"] = _page(b"text/css; charset=utf-8", css.read_text("utf-8"))
        pages["/docs/page.js"] = _page(b"text/javascript; charset=utf-8", script.read_text("utf-8"))
        return pages

    def _fonts(self) -> str:
        """The app's own fonts, where it was built; else the reader's."""
        faces = ""
        for family, name in FONTS:
            found = [file for file in self._files if re.search(rf"/{name}\.[\w-]+\.woff2$", file)]
            if found:
                faces += (
                    f"@font-face{{font-family:'{family}';font-weight:100 900;font-display:swap;"
                    f"src:url({found[0]}) format('woff2')}}"
                )
        return f"<style>{faces}</style>" if faces else ""


def _page(kind: bytes, text: str) -> Page:
    body = text.encode()
    return Page(kind, body, gzip.compress(body, mtime=0))
