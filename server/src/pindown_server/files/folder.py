"""Where the bytes of files lie: one folder, each file under its id."""

import asyncio
import logging
import os
import time
from pathlib import Path

from ..door.upload import INCOMING
from ..errors import Unavailable
from .file import ID

log = logging.getLogger(__name__)

CHUNK = 256 * 1024  # bytes that are read at once
OLD = 3600.0  # s after which what belongs to nothing is no upload under way


def path_of(folder: Path, file_id: str) -> Path:
    """Where a file's bytes lie; the ids are our own, and have no dots or slashes."""
    if not ID.fullmatch(file_id):
        raise ValueError(file_id)
    return folder / file_id[2:4] / file_id


async def keep(folder: Path, file_id: str, arrived: Path) -> None:
    """Move what arrived to its place. When this returns, it is on disk."""
    try:
        await asyncio.to_thread(_keep, path_of(folder, file_id), arrived)
    except OSError as error:
        log.exception("an upload could not be kept")
        raise Unavailable("The file could not be written") from error


async def remove(folder: Path, file_id: str) -> None:
    """Remove a file's bytes."""
    await asyncio.to_thread(path_of(folder, file_id).unlink, missing_ok=True)


def list_old(folder: Path) -> list[str]:
    """The ids of all files that lie here for some time; leftovers of broken uploads go at once."""
    before = time.time() - OLD
    found = []
    for inner in _entries(folder):
        for entry in _entries(inner):
            if _changed(entry) >= before:
                continue
            if inner.name == INCOMING:
                entry.unlink(missing_ok=True)
            elif ID.fullmatch(entry.name):
                found.append(entry.name)
    return found


def _keep(place: Path, arrived: Path) -> None:
    with arrived.open("rb") as file:
        os.fsync(file.fileno())
    is_new = not place.parent.is_dir()
    place.parent.mkdir(mode=0o700, exist_ok=True)
    arrived.rename(place)
    _sync(place.parent)
    if is_new:
        _sync(place.parent.parent)


def _sync(folder: Path) -> None:
    """Have a folder's entries on disk, not only what they lead to."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
