"""Imports go down the ladder that pyproject.toml holds, and out to what is declared."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from house import ROOT


def test_imports_go_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("folder", ["server", "sdk/python"])
def test_every_library_that_is_imported_is_asked_for(folder: str) -> None:
    project = tomllib.loads((ROOT / folder / "pyproject.toml").read_text())["project"]
    optional = [
        name for names in project.get("optional-dependencies", {}).values() for name in names
    ]
    asked = {distribution(name) for name in [project["name"], *project["dependencies"], *optional]}
    if folder == "server":
        asked |= {"typer"}  # comes with pindown[cli]
    known = packages_distributions()
    for module in imported(ROOT / folder / "src") - set(sys.stdlib_module_names):
        assert {distribution(name) for name in known[module]} & asked, f"{folder} imports {module}"


@pytest.mark.parametrize("folder", ["server/tests", "sdk/python/tests", "bench"])
def test_every_library_that_a_test_imports_is_locked(folder: str) -> None:
    lock = (ROOT / "requirements-dev.lock").read_text()
    locked = set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE)) | {
        "pindown",
        "pindown-server",
    }
    known = packages_distributions()
    for module in imported(ROOT / folder) - set(sys.stdlib_module_names):
        if module in known:
            assert {distribution(name) for name in known[module]} & locked, (
                f"{module} is not locked"
            )


def imported(folder: Path) -> set[str]:
    """The top names of everything imported, our own relative imports aside."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.split(".")[0])
    return found


def distribution(requirement: str) -> str:
    """Its name as everybody writes it: `Argon2_cffi[x]>=1` is argon2-cffi."""
    return re.split(r"[\[>=<~; ]", requirement)[0].replace("_", "-").lower()
