"""What may not be in the repository at all."""

import re

import pytest
from house import CODE, ROOT, files, place

LARGEST = 1024 * 1024  # bytes: what is larger is built, downloaded or generated where it is needed

# Each machine knows its own registry; a host in a lock file would send it to another.
REGISTRIES = tuple(
    ".".join(host)
    for host in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
        ("yarnpkg", "com"), ("jsr", "io"), ("crates", "io"), ("docker", "io"), ("quay", "io"),
    )
)  # fmt: skip

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
UNTESTED = re.compile(
    r"mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail)\(|\b(it|test|describe)\.(skip|only|todo)\("
)
ASLEEP = re.compile(r"\b(time|asyncio|anyio)\.sleep\((?!0\))|waitForTimeout\(")

# Broken in Python before 3.11.5, which Debian 12 has: the group matches nothing.
POSSESSIVE = re.compile(r"""^(?!.*POSSESSIVE).*\bre\.compile\(.*\)[*+?]\+""", re.MULTILINE)


def texts() -> list[tuple[str, str]]:
    """Every text file but this one, which names what it forbids."""
    own = {place(ROOT / "server/tests/rules/test_repository.py")}
    found = []
    for path in files():
        if place(path) not in own:
            try:
                found.append((place(path), path.read_text()))
            except UnicodeDecodeError:
                continue
    return found


def test_no_file_is_over_a_megabyte() -> None:
    large = [place(path) for path in files() if path.stat().st_size > LARGEST]
    assert large == []


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_registry_is_named(host: str) -> None:
    assert [name for name, text in texts() if host in text] == []


def test_no_merge_is_left_half_done() -> None:
    half = re.compile(r"^(<{7} |>{7} |={7}$)", re.MULTILINE)
    assert [name for name, text in texts() if half.search(text)] == []


def test_nothing_is_left_for_later() -> None:
    code = [(name, text) for name, text in texts() if "." + name.rpartition(".")[2] in CODE]
    assert [name for name, text in code if UNFINISHED.search(text)] == []


def test_no_test_is_skipped_or_sleeps() -> None:
    tests = [
        (name, text) for name, text in texts() if re.search(r"/tests/|/e2e/|\.test\.ts$", name)
    ]
    assert tests
    assert [name for name, text in tests if UNTESTED.search(text)] == []
    assert [name for name, text in tests if ASLEEP.search(text)] == []


def test_no_expression_repeats_a_group_possessively() -> None:
    assert POSSESSIVE.search('re.compile(r"(?:a|b)*+")')
    for path in files():
        if path.suffix == ".py" and path.name != "test_repository.py":
            assert not POSSESSIVE.search(path.read_text()), place(path)
