"""What can be done with uploaded files."""

from collections.abc import Awaitable, Callable, Sequence

from .. import ids
from ..clock import now
from ..door.caller import Caller, visitor
from ..door.upload import Upload
from ..errors import Conflict, Forbidden, NotFound, PayloadTooLarge
from ..rights import Right
from ..storage import Reader, Transaction
from . import store
from .file import ID, File, tame_name, tell_type

SeesAnyPin = Callable[[Reader, Sequence[str], Caller], Awaitable[bool]]

NO_PIN = ids.PIN  # an id that no pin has
MOST_FILES = 10_000  # of one account; small ones take room in the folder too


def new_file(caller: Caller, upload: Upload) -> File:
    """What is known of a file that arrived."""
    caller.require_may_create()
    return File(
        id=ids.new_id(ids.FILE),
        owner_id=caller.user_id,
        name=tame_name(upload.fields.get("name") or upload.name),
        type=tell_type(upload.head),
        size=upload.size,
        digest=upload.digest,
        created_at=now(),
    )


async def require_room(reader: Reader, file: File, most_bytes: int) -> None:
    """Raise Conflict or PayloadTooLarge where its owner has too many files for another."""
    count, size = await store.measure_files(reader, file.owner_id)
    if count >= MOST_FILES:
        raise Conflict(f"You have {MOST_FILES} files already: delete some first")
    if size + file.size > most_bytes:
        raise PayloadTooLarge(
            f"Your files would hold more than {most_bytes} bytes: delete some first",
            details={"limit": most_bytes, "used": size},
        )


async def add_file(tx: Transaction, file: File, most_bytes: int) -> None:
    """Take a file in, whose bytes are on disk."""
    await store.lock_files(tx, file.owner_id)
    await require_room(tx, file, most_bytes)
    await store.add_file(tx, file)


async def get_file(reader: Reader, caller: Caller, file_id: str, sees_any_pin: SeesAnyPin) -> File:
    """A file of the caller's, or one on a pin that the caller sees; else NotFound."""
    if not ID.fullmatch(file_id):
        raise NotFound("File")
    file = await store.find_file(reader, file_id)
    if not caller.reads("pins:read"):
        caller = visitor("")  # what everyone may see needs no scope
    if file is not None and _owns(caller, file):
        return file
    # Looked for also where there is none: how long it takes does not tell whether there is.
    is_shown = await _is_shown(reader, caller, file_id, sees_any_pin)
    if file is None or not is_shown:
        raise NotFound("File")
    return file


async def remove_file(
    tx: Transaction, caller: Caller, file_id: str, sees_any_pin: SeesAnyPin
) -> None:
    """Delete a file; pins that show it show nothing in its place. Only its uploader may."""
    file = await get_file(tx, caller, file_id, sees_any_pin)
    if not _owns(caller, file):
        raise Forbidden("Only who uploaded a file may delete it", right=Right.OWN)
    await store.remove_file(tx, file_id)


def _owns(caller: Caller, file: File) -> bool:
    """Whether it is the caller's own; a narrowed key has no files."""
    return caller.is_signed_in and caller.user_id == file.owner_id and caller.resources is None


async def _is_shown(reader: Reader, caller: Caller, file_id: str, sees_any_pin: SeesAnyPin) -> bool:
    """Whether the caller sees a pin that shows the file."""
    after = ""
    while True:
        pin_ids = await store.list_showing(reader, file_id, after)
        if await sees_any_pin(reader, pin_ids or [NO_PIN], caller):
            return True
        if len(pin_ids) < store.MOST_SHOWING:
            return False
        after = pin_ids[-1]
