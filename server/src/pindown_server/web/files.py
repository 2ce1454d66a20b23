"""The built web app's files, compressed ahead, and the page all addresses share."""

import base64
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

APP = Path(__file__).parent / "app"
HEAD_MARK = "<!--pindown:head-->"
STATE_MARK = "<!--pindown:state-->"
IMMUTABLE = "_app/immutable/"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")


class File(NamedTuple):
    """A file to send: its type, how long it may be kept, and its compressed forms."""

    path: Path
    content_type: bytes
    cache_control: bytes
    compressed: tuple[tuple[str, Path], ...]


class BuiltApp:
    """What `vite build` left; empty where the app was not built."""

    def __init__(self, folder: Path) -> None:
        self.files = {
            "/" + path.relative_to(folder).as_posix(): _file(folder, path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix not in (".br", ".gz") and path.name != "index.html"
        }
        index = folder / "index.html"
        self.page = index.read_text("utf-8") if index.is_file() else NOT_BUILT
        self.script_hashes = [
            "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"
            for script in re.findall(
                r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", self.page, re.DOTALL
            )
        ]


@cache
def built_app() -> BuiltApp:
    """The app that came with this Pindown; it does not change while a server runs."""
    return BuiltApp(APP)


def _file(folder: Path, path: Path) -> File:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    for_ever = path.relative_to(folder).as_posix().startswith(IMMUTABLE)
    keep = b"public, max-age=31536000, immutable" if for_ever else b"no-cache"
    compressed = [(name, path.with_name(path.name + ending)) for name, ending in ENCODINGS]
    there = tuple((name, other) for name, other in compressed if other.is_file())
    return File(path, kind.encode(), keep, there)


NOT_BUILT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pindown</title>
<!--pindown:head--></head><body><!--pindown:state-->
<p>The web app is not built here: run <code>make install</code>. The API answers under /v1.</p>
</body></html>
"""
