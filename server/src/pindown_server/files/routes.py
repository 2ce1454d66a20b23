"""Uploaded files over HTTP."""

import asyncio
from typing import Any, BinaryIO

from ..door.call import Answer, Call, Plain, Stream
from ..door.route import LIST, Routes
from ..door.shapes import Removed
from ..errors import NotFound
from ..parts import Parts
from ..rights import Right
from . import actions, folder, store
from .answers import FileList
from .file import File, FileView, disposition, show

routes = Routes()

FILE = "/v1/files/{file_id}"


@routes.add("POST", "/v1/files", scope="pins:write", status=201, takes_file=True, answer=FileView)
async def upload_file(call: Call, parts: Parts) -> Answer:
    """Upload a file, in the part `file` of a multipart body. Pins show it by its id."""
    place, upload = parts.settings.file_folder, call.upload
    if upload is None:
        raise TypeError("the door reads the file")
    file = actions.new_file(call.caller, upload)
    async with parts.database.reader() as reader:
        await actions.require_room(reader, file, parts.settings.file_total)
    # First the bytes, then what is known of them: a crash between leaves bytes that are swept up.
    await folder.keep(place, file.id, upload.path)
    async with parts.database.transaction() as tx:
        await actions.add_file(tx, file, parts.settings.file_total)
    return Answer(show(file))


@routes.add("GET", "/v1/files", scope="pins:read", query=LIST, answer=FileList)
async def list_files(call: Call, parts: Parts) -> Answer:
    """List the files you uploaded, newest first, and how many bytes they hold."""
    limit, offset = call.page()
    owner = call.caller.user_id if call.caller.resources is None else ""
    async with parts.database.reader() as reader:
        files, total, size = await store.list_files(reader, owner, limit, offset)
    items = [show(file) for file in files]
    page = {"items": items, "total": total, "limit": limit, "offset": offset}
    return Answer({**page, "size": size, "most_size": parts.settings.file_total})


@routes.add("GET", FILE, access="anyone", right=Right.SEE, errors=(404,), answer=bytes)
async def get_file(call: Call, parts: Parts) -> Plain | Stream:
    """Get an uploaded file: for its uploader, and for everyone who sees a pin that shows it."""
    async with parts.database.reader() as reader:
        file = await actions.get_file(reader, call.caller, call.params[0], parts.sees_any_pin)
    headers = _headers(file)
    known = (call.header(b"if-none-match") or "").replace("W/", "")
    if file.digest in known:
        return Plain(b"", file.type.encode(), headers, 304)
    opened = await asyncio.to_thread(_open, folder.path_of(parts.settings.file_folder, file.id))

    async def run(extra: list[Any], _receive: Any, send: Any) -> None:
        with opened:
            await _send(opened, file, headers + extra, send)

    return Stream(run)


@routes.add(
    "DELETE", FILE, scope="pins:write", right=Right.OWN, answer=Removed, audit=("file.deleted",)
)
async def remove_file(call: Call, parts: Parts) -> Answer:
    """Delete a file you uploaded. Pins that show it show nothing in its place."""
    file_id = call.params[0]
    place = parts.settings.file_folder
    async with parts.database.transaction() as tx:
        await actions.remove_file(tx, call.caller, file_id, parts.sees_any_pin)
        tx.after_commit(lambda: folder.path_of(place, file_id).unlink(missing_ok=True))
    return Answer({"id": file_id})


def _headers(file: File) -> list[tuple[bytes, bytes]]:
    """Whatever it holds, it cannot run as one of our pages, and nobody keeps it for others."""
    return [
        (b"content-disposition", disposition(file).encode()),
        (b"content-security-policy", b"sandbox; default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"private, no-cache"),
        (b"etag", b'"' + file.digest.encode() + b'"'),
    ]


def _open(path: Any) -> BinaryIO:
    try:
        opened: BinaryIO = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound("File") from error
    return opened


async def _send(opened: BinaryIO, file: File, headers: list[Any], send: Any) -> None:
    """A piece at a time: the reader's connection decides how fast."""
    sent = [
        (b"content-type", file.type.encode()),
        (b"content-length", str(file.size).encode()),
        *headers,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": sent})
    left = file.size
    while left > 0 and (piece := await asyncio.to_thread(opened.read, folder.CHUNK)):
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
