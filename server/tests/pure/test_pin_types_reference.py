"""What is generated from the types stands in the repository as it would be made now."""

from pathlib import Path

import msgspec
import pytest
from pindown_server.pins.types import PIN_TYPES
from pindown_server.pins.types.reference import contract_files, docs_page

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", contract_files())
def test_the_contract_is_fresh(name: str) -> None:
    assert (ROOT / "contract" / name).read_bytes() == contract_files()[name]


def test_the_contract_holds_the_schemas_of_all_types_and_no_others() -> None:
    there = {path.stem: path for path in (ROOT / "contract/pin-types").glob("*.json")}
    assert set(there) == set(PIN_TYPES)
    for name, path in there.items():
        assert msgspec.json.decode(path.read_bytes()) == PIN_TYPES[name].schema


def test_the_page_is_fresh() -> None:
    assert (ROOT / "docs/using/pin-types.md").read_text() == docs_page()


@pytest.mark.parametrize("name", PIN_TYPES)
def test_the_page_shows_every_field_and_an_example_that_fits(name: str) -> None:
    section = docs_page().split(f"\n## {name}\n")[1].split("\n## ")[0]
    example = section.split("```json\n")[1].split("\n```")[0]
    assert PIN_TYPES[name].find_problems(example.encode()) == []
    if name != "table":  # it points to its twin
        assert [f for f in PIN_TYPES[name].schema["properties"] if f"`{f}`" not in section] == []
