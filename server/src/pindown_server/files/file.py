"""The file and its rules. No database, no HTTP."""

import codecs
import re
from typing import Final
from urllib.parse import quote

import msgspec

# Types a browser may show by itself. Everything else is handed over to be saved: it could be a
# program for the browser, and it would run as one of our own pages.
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
BYTES: Final = "application/octet-stream"
TEXT: Final = "text/plain; charset=utf-8"
LONGEST_NAME: Final = 200  # characters

ID: Final = re.compile(r"f-[a-z0-9]{12}")
_MENTIONED = re.compile(r'(?:"(?:fileId|file_id)"\s*:\s*"|/v1/files/)(f-[a-z0-9]{12})(?![a-z0-9])')
_utf8 = codecs.getincrementaldecoder("utf-8")
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class File(msgspec.Struct, frozen=True):
    """An uploaded file. The order is that of the store's columns."""

    id: str
    owner_id: str
    name: str
    type: str
    size: int
    digest: str
    created_at: int


class FileView(msgspec.Struct):
    """An uploaded file: `url` is where it can be read, by its uploader and who sees it on a pin."""

    id: str
    name: str
    type: str
    size: int
    url: str
    created_at: int


def show(file: File) -> FileView:
    """The file as its uploader sees it."""
    url = f"/v1/files/{file.id}"
    return FileView(file.id, file.name, file.type, file.size, url, file.created_at)


def tell_type(head: bytes) -> str:
    """The type by the first bytes of a file; its name and what a client says do not count."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis"):
        return "image/avif"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "application/zip"
    return TEXT if _is_text(head) else BYTES


def _is_text(head: bytes) -> bool:
    """Whether it begins like text in UTF-8, the last character perhaps cut off."""
    try:
        _utf8().decode(head)
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


def tame_name(name: str) -> str:
    """A name to show and to save under: no folders, nothing that moves a terminal or a sentence."""
    last = re.split(r"[/\\]", name)[-1]
    tamed = _UNWANTED.sub("", last).strip().strip(".").strip()
    return tamed[:LONGEST_NAME] or "file"


def disposition(file: File) -> str:
    """The Content-Disposition header: shown in place, or saved under its name."""
    kind = "inline" if file.type in PICTURES else "attachment"
    plain = re.sub(r"[^\w. -]", "_", file.name, flags=re.ASCII)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"


def mentioned(*texts: str | None) -> frozenset[str]:
    """The ids of files that configs and blocks show, out of their JSON texts: by id or address.

    Only what is written as it is counts: a variable that turns into an id does not.
    """
    return frozenset(
        file_id
        for text in texts
        if text is not None and ('"f-' in text or "/files/f-" in text)
        for file_id in _MENTIONED.findall(text)
    )
