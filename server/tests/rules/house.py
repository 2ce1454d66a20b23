"""The house as the rules see it: its files, and the Python in them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
SERVER = ROOT / "server/src/pindown_server"
CODE = {".py", ".ts", ".js", ".svelte", ".css"}
FEATURES = (
    "audit", "people", "keys", "files", "datasets", "templates", "pins", "pinboards", "pages",
    "comments", "sharing", "bin", "inbound",
)  # fmt: skip


class Source(NamedTuple):
    """A Python file of the server."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its place within the package: `pins/store.py`."""
        return self.path.relative_to(SERVER).as_posix()

    @property
    def feature(self) -> str:
        """Its first folder, or its own name."""
        return self.name.split("/", maxsplit=1)[0]

    def calls(self, name: str) -> list[ast.Call]:
        """Calls of a method with this name."""
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == name
        ]

    def texts(self) -> Iterator[str]:
        """Every string that is no docstring; of one with values in it, what is written."""
        docstrings = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if id(node) in docstrings:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(_written(part) for part in node.values)


@cache
def sources() -> list[Source]:
    """The server's Python."""
    return [Source(path, ast.parse(path.read_text())) for path in sorted(SERVER.rglob("*.py"))]


@cache
def files() -> list[Path]:
    """Every file that is in the repository or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def place(path: Path) -> str:
    """A file's path as one writes it in a sentence."""
    return path.relative_to(ROOT).as_posix()


def _written(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else " "
