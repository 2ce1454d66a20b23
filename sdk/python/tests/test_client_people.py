"""Inviting people who have no account yet: every call, waiting and awaited, against a real server."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pindown import NotFound


def test_an_invitation_waits_until_it_is_taken_back(pindown: Any, pin: str) -> None:
    email = f"eve-{pin}@example.org"
    made = pindown.pins.collaborators.add(pin, email, "viewer", "Look at this")
    (token,) = parse_qs(urlsplit(made["invite_url"]).query)["token"]
    assert pindown.invitations.get(token)["email"] == email
    (waiting,) = [one for one in pindown.invitations.list()["items"] if one["email"] == email]
    pindown.invitations.withdraw(waiting["id"])
    with pytest.raises(NotFound):
        pindown.invitations.get(token)


def test_a_page_has_invitations_of_its_own(pindown: Any, server: Any, pin: str) -> None:
    page = pindown.pages.create(title="Report", pins=[pin])["id"]
    assert pindown.pages.duplicate(page)["pins"] == [pin]
    ben, eve = f"ben-{page}@example.org", f"eve-{page}@example.org"
    server.add_user(ben)
    pindown.pages.invitations.send(page, ben, "viewer")
    pindown.pages.invitations.send(page, eve, "editor")
    shown = pindown.pages.invitations.list(page)
    assert [one["email"] for one in shown["pending"]] == [eve]
    (active,) = shown["active"]
    pindown.pages.invitations.set_role(page, active["user_id"], "editor")
    assert pindown.pages.invitations.list(page)["active"][0]["role"] == "editor"
    pindown.pages.invitations.withdraw(page, eve)
    assert pindown.pages.invitations.list(page)["pending"] == []


def test_things_go_to_another_owner(pindown: Any, server: Any, pin: str) -> None:
    email = f"ben-{pin}@example.org"
    server.add_user(email)
    owner = pindown.pins.transfer(pin, email=email)["owner_id"]
    assert pindown.pins.get(pin)["role"] == "editor"
    board = pindown.pinboards.create(title="Board")["id"]
    page = pindown.pages.create(title="Report")["id"]
    dataset = pindown.datasets.create(name=f"Sales {pin}")["id"]
    assert pindown.pinboards.transfer(board, user_id=owner)["owner_id"] == owner
    assert pindown.pages.transfer(page, user_id=owner)["owner_id"] == owner
    assert pindown.datasets.transfer(dataset, email=email)["owner_id"] == owner
    with pytest.raises(NotFound):
        pindown.datasets.get(dataset)


def test_roles_of_a_pinboard(pindown: Any, server: Any, pin: str) -> None:
    board = pindown.pinboards.create(title="Board")["id"]
    pindown.pinboards.add_pin(board, pin)
    email = f"ben-{board}@example.org"
    server.add_user(email)
    ben = pindown.pinboards.collaborators.add(board, email, "viewer")["user_id"]
    role = pindown.pinboards.roles.create(board, name="Press", color="#3366CC")["roleId"]
    pindown.pinboards.roles.update(board, role, name="Crew")
    pindown.pinboards.roles.set_members(board, role, [ben])
    pindown.pinboards.roles.set_pin_roles(board, pin, [role])
    shown = pindown.pinboards.roles.list(board)[role]
    assert (shown["name"], shown["user_ids"], shown["pins"]) == ("Crew", [ben], [pin])
    pindown.pinboards.roles.set_pin_roles(board, pin, [])
    pindown.pinboards.roles.delete(board, role)
    assert pindown.pinboards.roles.list(board) == {}


def test_an_admin_looks_after_accounts(pindown: Any, pin: str) -> None:
    made = pindown.users.create(email=f"fay-{pin}@example.org", name="Fay")
    assert "/reset" in made["reset_url"]
    assert pindown.users.update(made["id"], tier="hobby")["tier"] == "hobby"
    assert pindown.users.list(limit=1)["items"][0]["id"] == made["id"]
    pindown.users.delete(made["id"])
    assert made["id"] not in [one["id"] for one in pindown.users.list()["items"]]
