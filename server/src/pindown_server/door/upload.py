"""A file out of a multipart body: streamed to disk as it arrives, measured and digested on the way.

Nothing of it is believed: not its name, not its type, not the length it states.
"""

import asyncio
import contextlib
import hashlib
import logging
import os
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import multipart

from .. import errors

log = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[Any]]

MULTIPART = "multipart/form-data"
INCOMING = "incoming"  # the folder of what is not kept yet
AROUND = 16 * 1024  # bytes a body may have beside the file: part headers and fields
WRITE = 256 * 1024  # bytes that are written at once
HEAD = 4096  # bytes by which a file's type is told
LONGEST_FIELD = 1_000  # bytes
MOST_PARTS = 8


@dataclass
class Upload:
    """A file that arrived. It is gone when the call ends, unless somebody moved it away."""

    path: Path
    name: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    head: bytes = b""
    size: int = 0
    digest: str = ""

    @property
    def said(self) -> bytes:
        """What tells this body from another: its boundary may differ each time it is sent."""
        return "\0".join((self.name, self.digest, *map(repr, sorted(self.fields.items())))).encode()

    def discard(self) -> None:
        """Remove what nobody moved away."""
        with contextlib.suppress(OSError):  # what cannot be removed is swept up later
            self.path.unlink()


async def receive_file(
    headers: dict[bytes, bytes], receive: Receive, folder: Path, limit: int
) -> Upload:
    """The one file of a multipart body, in a file of the folder.

    Raises UnsupportedMediaType, PayloadTooLarge or ValidationFailed, and leaves nothing then.
    """
    kind, options = multipart.parse_options_header(
        headers.get(b"content-type", b"").decode("latin-1")
    )
    if kind.lower() != MULTIPART or not options.get("boundary"):
        raise errors.UnsupportedMediaType(f"Send the file as {MULTIPART}, in a part named 'file'")
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length) > limit + AROUND:
        raise _too_large(limit)
    incoming = folder / INCOMING
    upload = Upload(incoming / secrets.token_hex(16))
    try:
        await asyncio.to_thread(incoming.mkdir, mode=0o700, parents=True, exist_ok=True)
        with await asyncio.to_thread(_open, upload.path) as file:
            await _Receiver(upload, file, limit).run(options["boundary"], receive)
    except OSError as error:
        upload.discard()
        log.exception("an upload could not be written")
        raise errors.Unavailable("The file could not be written") from error
    except BaseException:
        upload.discard()
        raise
    return upload


class _Receiver:
    """Takes a body apart while it arrives."""

    def __init__(self, upload: Upload, file: BinaryIO, limit: int) -> None:
        self._upload = upload
        self._file = file
        self._limit = limit
        self._digest = hashlib.sha256()
        self._waiting: list[bytes] = []  # of the file, not written yet
        self._part: Any = None
        self._field = b""
        self._has_file = False

    async def run(self, boundary: str, receive: Receive) -> None:
        """Until the body ends, well or badly."""
        arrived, more = 0, True
        try:
            with multipart.PushMultipartParser(
                boundary, max_segment_count=MOST_PARTS, strict=True
            ) as parser:
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _broken("it ended too early")
                    chunk, more = message.get("body", b""), message.get("more_body", False)
                    arrived += len(chunk)
                    if arrived > self._limit + AROUND:
                        raise _too_large(self._limit)
                    for event in parser.parse(chunk) if chunk else ():
                        self._take(event)
                    await self._write(WRITE)
        except multipart.MultipartError as error:
            raise _broken(str(error)) from error
        if not self._has_file:
            raise errors.invalid("file", "The body has no part named 'file' with a file name")
        await self._write(0)
        self._upload.digest = self._digest.hexdigest()

    def _take(self, event: Any) -> None:
        if event is None:
            self._end_part()
        elif isinstance(event, (bytes, bytearray)):
            self._take_bytes(bytes(event))
        else:
            self._begin_part(event)

    def _begin_part(self, part: Any) -> None:
        self._part, self._field = part, b""
        if part.filename is None:
            return
        if part.name != "file" or self._has_file:
            raise errors.invalid(part.name[:60], "Send one file, in the part named 'file'")
        self._has_file = True
        self._upload.name = part.filename

    def _take_bytes(self, data: bytes) -> None:
        if self._part.filename is None:
            self._field += data
            if len(self._field) > LONGEST_FIELD:
                raise errors.invalid(self._part.name[:60], "is too long for a field of a form")
            return
        upload = self._upload
        upload.size += len(data)
        if upload.size > self._limit:
            raise _too_large(self._limit)
        if len(upload.head) < HEAD:
            upload.head += data[: HEAD - len(upload.head)]
        self._waiting.append(data)

    def _end_part(self) -> None:
        if self._part.filename is None:
            try:
                self._upload.fields[self._part.name] = self._field.decode()
            except UnicodeDecodeError as error:
                raise _broken("a field is not UTF-8") from error

    async def _write(self, beyond: int) -> None:
        """Write what waits, once it is more than that."""
        if self._waiting and sum(map(len, self._waiting)) > beyond:
            data, self._waiting = b"".join(self._waiting), []
            await asyncio.to_thread(self._keep, data)

    def _keep(self, data: bytes) -> None:
        self._digest.update(data)
        self._file.write(data)


def _open(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _broken(why: str) -> errors.ValidationFailed:
    return errors.ValidationFailed(
        f"The body is not valid {MULTIPART}: {why}", reason="INVALID_MULTIPART"
    )


def _too_large(limit: int) -> errors.PayloadTooLarge:
    return errors.PayloadTooLarge(
        f"The file is larger than {limit} bytes", details={"limit": limit}
    )
