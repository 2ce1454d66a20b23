"""What a demo remembers of itself in its folder, so that starting it again makes nothing twice."""

import os
from pathlib import Path

import msgspec

FILE = "demo.json"
EMAIL = "demo@example.org"


class Keepsake(msgspec.Struct):
    """How to sign in, the demo's own key, and the ids of what it made, by their names here."""

    folder: str
    password: str
    key: str
    things: dict[str, str] = {}

    def save(self) -> None:
        """Write it down, readable to nobody else."""
        path = Path(self.folder) / FILE
        draft = path.with_suffix(".new")
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(msgspec.json.encode(self))
        draft.replace(path)


def find_keepsake(folder: Path) -> Keepsake | None:
    """That of the demo in this folder."""
    try:
        kept = msgspec.json.decode((folder / FILE).read_bytes(), type=Keepsake)
    except FileNotFoundError:
        return None
    kept.folder = str(folder)  # it may have been moved
    return kept
