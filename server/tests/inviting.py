"""Inviting somebody who has no account, and their coming."""

from typing import Any

from browser import PASSWORD, Browser
from inside import Inside
from scene import ask

EVE = "eve@elsewhere.example"


async def invite(
    inside: Inside, path: str, email: str = EVE, role: str = "viewer", who: str = "ada"
) -> Any:
    """What the inviter is told."""
    return await ask(inside, "POST", path + "/collaborators", {"email": email, "role": role}, who)


def token_of(told: Any) -> str:
    """The token of a link."""
    address, _, token = told["invite_url"].partition("?token=")
    assert (address, len(token)) == ("http://127.0.0.1:8000/invitation", 32)
    return str(token)


async def sign_up(inside: Inside, token: str, email: str = EVE) -> Any:
    """Whoever holds the link makes an account."""
    browser = Browser(inside)
    body = {"email": email, "password": PASSWORD, "invitation": token}
    return browser, await browser.call("POST", "/v1/auth/sign-up", body)
