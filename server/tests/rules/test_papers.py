"""What is written about the product is true, and nothing is missing from it."""

import json
import re
import tomllib
from dataclasses import fields

import pindown
import pindown_server
import pytest
from house import ROOT
from pindown_server import contract, errors
from pindown_server.door.scopes import SCOPES
from pindown_server.pins.types import PIN_TYPES
from pindown_server.rights import Right
from pindown_server.settings import Settings

README = (ROOT / "README.md").read_text()
WORDS = (
    "pin", "block", "pinboard", "page", "dataset", "variable", "collaborator", "role", "key",
    "scope", "token", "tier", "viewer", "change", "frame", "revision", "caller", "right", "topic",
)  # fmt: skip


def test_what_is_generated_is_fresh() -> None:
    assert contract.stale() == [], "run 'make contract'"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/operating/settings.md").read_text()
    for setting in fields(Settings):
        assert f"`PINDOWN_{setting.name.upper()}`" in page


def test_every_scope_is_documented() -> None:
    page = (ROOT / "docs/using/scopes.md").read_text()
    for scope in SCOPES:
        assert f"`{scope}`" in page


def test_every_right_is_documented() -> None:
    for page in ("docs/using/rights.md", "docs/using/calls.md"):
        for right in Right:
            assert f"`{right.value}`" in (ROOT / page).read_text(), (page, right)


def test_every_error_code_is_documented() -> None:
    page = (ROOT / "docs/using/errors.md").read_text()
    for kind in below(errors.PindownError):
        assert f"`{kind.code}`" in page, kind.__name__


def test_every_pin_type_is_documented() -> None:
    page = (ROOT / "docs/using/pin-types.md").read_text()
    for pin_type in PIN_TYPES:
        assert pin_type in page


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_ours_has_its_sentence(word: str) -> None:
    page = (ROOT / "docs/using/words.md").read_text()
    assert re.search(rf"^\*\*{word}\*\* \S.*\.$", page, re.MULTILINE)


def test_the_newest_heading_of_the_changelog_is_the_version() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    client = json.loads((ROOT / "sdk/js/package.json").read_text())
    assert {pindown_server.__version__, pindown.__version__, client["version"]} == {newest.group(1)}


def test_ci_runs_the_commands_of_the_readme() -> None:
    run = (ROOT / ".ci/run").read_text()
    tested = re.search(r"^make test\b", README, re.MULTILINE)
    assert tested is not None
    assert re.search(r"^make test$", run, re.MULTILINE)


def test_every_make_command_that_is_written_somewhere_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    known = set(re.findall(r"^([a-z0-9]+):", makefile, re.MULTILINE))
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        written = re.findall(r"(?:^|`)make ([a-z0-9]+)", page.read_text(), re.MULTILINE)
        assert set(written) <= known, page.name


def test_every_folder_of_the_contributing_page_is_there() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text()
    named = re.findall(r"^\| `([\w./]+/)` \|", page, re.MULTILINE)
    assert {"server/", "web/", "sdk/python/", "sdk/js/"} <= set(named)
    assert [name for name in named if not (ROOT / name).is_dir()] == []


def test_every_link_within_our_papers_leads_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_every_decision_says_what_it_has_to() -> None:
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    for number, record in enumerate(records, 1):
        assert record.name.startswith(f"{number:04}-")
        assert record.read_text().startswith(f"# {number}. "), record.name
        headings = re.findall(r"^## (.+)$", record.read_text(), re.MULTILINE)
        assert headings == [
            "Context", "Decision", "Consequences", "Alternatives", "Checked by",
        ], record.name  # fmt: skip


def test_the_lock_files_hold_what_the_packages_ask_for() -> None:
    locked = set(
        re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    for folder in ("server", "sdk/python"):
        project = tomllib.loads((ROOT / folder / "pyproject.toml").read_text())["project"]
        for needed in project["dependencies"]:
            name = re.split(r"[\[>=<~; ]", needed)[0]
            assert name in locked | {"pindown"}, f"{folder} needs {name}: run 'make lock'"


def below(kind: type[errors.PindownError]) -> list[type[errors.PindownError]]:
    return [kind, *(deeper for one in kind.__subclasses__() for deeper in below(one))]
