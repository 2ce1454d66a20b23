"""The public names, and the page that lists every method."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pindown
import pytest
from pindown import Pindown
from pindown.group import Group, call

README = (Path(__file__).parents[1] / "README.md").read_text()
# What a method's arguments are called on the page of methods, and any value that fits them.
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "pins.get": ("ID",),
    "pins.update": ("ID",),
    "pins.patch": ("ID", {}),
    "pins.delete": ("ID",),
    "pins.share": ("ID",),
    "pins.permissions": ("ID",),
    "pins.revisions": ("ID",),
    "pins.revision": ("ID", 7),
    "pins.restore": ("ID", 7),
    "pins.batch_get": ([],),
    "pins.batch_create": ([],),
    "pins.batch_update": ([],),
    "pins.batch_delete": ([],),
    "pinboards.batch_get": ([],),
    "pinboards.batch_add_pins": ("ID", []),
    "pinboards.batch_remove_pins": ("ID", []),
    "pinboards.get": ("ID",),
    "pinboards.update": ("ID",),
    "pinboards.delete": ("ID",),
    "pinboards.add_pin": ("ID", "PIN"),
    "pinboards.remove_pin": ("ID", "PIN"),
    "pinboards.set_layout": ("ID",),
    "pinboards.patch_layout": ("ID",),
    "pinboards.share": ("ID",),
    "pinboards.permissions": ("ID",),
    "pinboards.revisions": ("ID",),
    "pinboards.revision": ("ID", 7),
    "pinboards.restore": ("ID", 7),
    "pins.collaborators.list": ("ID",),
    "pins.collaborators.add": ("ID", "ben@example.org", "viewer"),
    "pins.collaborators.update": ("ID", "USER", "viewer"),
    "pins.collaborators.remove": ("ID", "USER"),
    "pins.blocks.list": ("ID",),
    "pins.blocks.create": ("ID",),
    "pins.blocks.get": ("ID", "BLOCK"),
    "pins.blocks.update": ("ID", "BLOCK"),
    "pins.blocks.patch": ("ID", "BLOCK", {}),
    "pins.blocks.delete": ("ID", "BLOCK"),
    "pins.blocks.reorder": ("ID", []),
    "pins.comments.list": ("ID",),
    "pins.comments.create": ("ID", "text"),
    "pins.comments.update": ("ID", "COMMENT", "text"),
    "pins.comments.delete": ("ID", "COMMENT"),
    "pins.push_addresses.list": ("ID",),
    "pins.push_addresses.create": ("ID",),
    "pins.push_addresses.delete": ("ID", "ADDRESS"),
    "pages.get": ("ID",),
    "pages.update": ("ID",),
    "pages.delete": ("ID",),
    "pages.pins": ("ID",),
    "pages.publish": ("ID",),
    "pages.unpublish": ("ID",),
    "pages.permissions": ("ID",),
    "datasets.get": ("ID",),
    "datasets.update": ("ID",),
    "datasets.delete": ("ID",),
    "datasets.uses": ("ID",),
    "datasets.revisions": ("ID",),
    "pages.add_pin": ("ID", "PIN"),
    "pages.remove_pin": ("ID", "PIN"),
    "pages.order": ("ID", []),
    "datasets.patch": ("ID", {}),
    "datasets.append": ("ID", []),
    "datasets.revision": ("ID", 7),
    "datasets.restore": ("ID", 7),
    "pages.duplicate": ("ID",),
    "pins.transfer": ("ID",),
    "pinboards.transfer": ("ID",),
    "pages.transfer": ("ID",),
    "datasets.transfer": ("ID",),
    "pages.invitations.send": ("ID", "EMAIL", "viewer"),
    "pages.invitations.list": ("ID",),
    "pages.invitations.withdraw": ("ID", "EMAIL"),
    "pages.invitations.set_role": ("ID", "USER", "viewer"),
    "invitations.get": ("TOKEN",),
    "invitations.withdraw": ("ID",),
    "pinboards.roles.list": ("ID",),
    "pinboards.roles.create": ("ID",),
    "pinboards.roles.update": ("ID", "ROLE"),
    "pinboards.roles.delete": ("ID", "ROLE"),
    "pinboards.roles.set_members": ("ID", "ROLE", []),
    "pinboards.roles.set_pin_roles": ("ID", "PIN", []),
    "pin_types.get": ("TYPE",),
    "pins.duplicate": ("ID",),
    "pins.series": ("ID", "path"),
    "pinboards.duplicate": ("ID",),
    "files.upload": ("name", b""),
    "files.get": ("ID",),
    "files.delete": ("ID",),
    "users.update": ("ID",),
    "users.delete": ("ID",),
    "bin.restore": ("ID",),
    "bin.delete": ("ID",),
    "keys.create": ("name", []),
    "keys.update": ("ID",),
    "keys.rotate": ("ID",),
    "keys.delete": ("ID",),
}
WORDS = {
    ":id": "ID",
    ":n": "7",
    ":pinId": "PIN",
    ":userId": "USER",
    ":type": "TYPE",
    ":blockId": "BLOCK",
    ":commentId": "COMMENT",
    ":addressId": "ADDRESS",
    ":roleId": "ROLE",
    ":email": "EMAIL",
    ":token": "TOKEN",
}


def methods(group: Any, path: str) -> Iterator[str]:
    """Every method of a client's group, with its path."""
    for name, member in vars(type(group)).items():
        if isinstance(member, call):
            yield f"{path}.{name}"
    for name, member in vars(group).items():
        if isinstance(member, Group):
            yield from methods(member, f"{path}.{name}")


def groups(client: Pindown) -> list[str]:
    return [name for name, member in vars(client).items() if isinstance(member, Group)]


ALL = [
    method
    for name in groups(Pindown("k"))
    for method in methods(getattr(Pindown("k"), name), name)
    if not method.startswith(
        ("pinboards.collaborators.", "pinboards.comments.", "pages.collaborators.")
    )
]


def test_every_method_is_listed_and_every_listed_one_exists() -> None:
    listed = re.findall(r"^\| `([a-z_.]+)\(", README, re.MULTILINE)
    assert listed == [*dict.fromkeys(listed)]
    assert {*listed} == {*ALL, "audit", "live", "push", "search"}


@pytest.mark.parametrize("method", ALL)
def test_each_method_makes_the_call_it_is_listed_with(method: str) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(f"{request.method} {request.url.path}")
        return httpx2.Response(200, json={"data": {}})

    found: Any = Pindown("k", transport=httpx2.MockTransport(answer))  # opens no connection
    for name in method.split("."):
        found = getattr(found, name)
    found(*ARGUMENTS.get(method, ()))
    listed = re.search(rf"^\| `{re.escape(method)}\(.*\| `(.*)` \|$", README, re.MULTILINE)
    assert listed is not None
    assert asked == [re.sub(r":\w+", lambda word: WORDS[word[0]], listed[1])]


def test_the_public_names() -> None:
    assert sorted(pindown.__all__) == pindown.__all__
    for name in pindown.__all__:
        assert re.search(rf"\b{name}\b", README), name
