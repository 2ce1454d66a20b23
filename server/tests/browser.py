"""A browser: it keeps the session's cookie and says which page it calls from."""

from http.cookies import SimpleCookie
from typing import Any

from argon2 import PasswordHasher
from inside import Answer, Inside
from pindown_server.people import store as people

ADDRESS = "http://127.0.0.1:8000"
PASSWORD = "a ladder by the harbour"


class Browser:
    """One person's browser."""

    def __init__(self, inside: Inside) -> None:
        self.inside = inside
        self.cookies: dict[str, str] = {}

    async def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """A call from one of our own pages, as `fetch` makes it."""
        given = {"origin": ADDRESS, "user-agent": "Tests/1.0", **(headers or {})}
        if self.cookies:
            given["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await self.inside.call(method, path, body, who=None, headers=given)
        for name, morsel in SimpleCookie(answer.headers.get("set-cookie", "")).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
        return answer

    async def sign_in(self, name: str = "ada", password: str = PASSWORD) -> Answer:
        """Sign in as one of the cast."""
        email = self.inside.cast[name].email
        return await self.call("POST", "/v1/auth/sign-in", {"email": email, "password": password})

    async def is_signed_in(self) -> bool:
        """Whether the cookie still counts."""
        state = await self.call("GET", "/v1/auth/state")
        signed_in: bool = state.data["signed_in"]
        return signed_in


async def give_passwords(inside: Inside) -> None:
    """Let the cast sign in."""
    # Weaker than those the server makes: hundreds of tests check it.
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    async with inside.app.parts.database.transaction() as tx:
        for person in inside.cast.values():
            await people.save_password(tx, person.user_id, hashed, 0)


async def signed_in(inside: Inside, name: str = "ada") -> Browser:
    """A browser in which somebody of the cast is signed in."""
    browser = Browser(inside)
    answer = await browser.sign_in(name)
    assert answer.status == 200, answer.body
    return browser
