"""The law of snapshots for pinboards and pages: whoever sees what of whose pins, interleaved.

Pinboards and a page are shared and unshared, pins placed, taken, opened and closed, people come
and go, all at once. In the end every viewer shows what a fresh snapshot shows, and was told to
read each pinboard and page again that differs from the one it got.
"""

import asyncio
import secrets
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inside import Inside, Watcher, running
from scene import ask, give_role, make_board, make_page, make_pin, place

WHO = ["ada", "ben", "cleo", "dan", None]
BOARDS, PINS = 2, 3

STEPS = st.one_of(
    st.tuples(
        st.sampled_from(["open", "open pins", "open page", "open all"]), st.sampled_from(WHO)
    ),
    st.tuples(
        st.sampled_from(
            [
                *("push", "place", "move", "take", "restore", "pin public", "pin private"),
                *("board public", "board private", "add cleo", "remove cleo"),
                *("ask for role", "ask for none", "give role", "take role"),
                *("page add", "page take", "page order", "publish", "unpublish"),
                *("page add cleo", "page remove cleo"),
                *("slow", "fast", "close"),
            ]
        ),
        st.integers(0, 11),
    ),
    st.tuples(st.just("breathe"), st.integers(1, 30)),
)


class Play:
    """One run of random steps, all of them under way at once."""

    def __init__(self, inside: Inside) -> None:
        self.inside = inside
        self.pins: list[tuple[str, str]] = []  # with their owners
        self.boards: list[str] = []
        self.pages: list[str] = []
        self.roles: list[str] = []
        self.watchers: list[tuple[str | None, dict[str, list[str]], Watcher]] = []
        self.under_way: list[asyncio.Task[Any]] = []
        self.pushes = 0

    async def begin(self) -> None:
        """Ada's pinboards and page, which Ben edits; pins of both that the other may view.

        One pinboard is shared with Cleo, one with everybody; on both lie an open and a hidden pin,
        and on the page they stand too.
        """
        self.boards = [await make_board(self.inside) for _ in range(BOARDS)]
        for board_id in self.boards:
            await give_role(self.inside, "pinboards", board_id, "ben", "editor")
        for owner, other in (("ada", "ben"), ("ben", "ada"), ("ada", "ben"))[:PINS]:
            pin_id = await make_pin(self.inside, who=owner)
            await give_role(self.inside, "pins", pin_id, other, "viewer", who=owner)
            self.pins.append((pin_id, owner))
        for board_id, (pin_id, _) in product(self.boards, self.pins[:2]):
            await place(self.inside, board_id, pin_id)
        for board_id in self.boards:
            role = {"name": "Crew", "color": "#112233"}
            made = await ask(self.inside, "POST", f"/v1/pinboards/{board_id}/roles", role)
            self.roles.append(made["roleId"])
        pins = [pin_id for pin_id, _ in self.pins[:2]]
        self.pages = [await make_page(self.inside, pins=pins)]
        await give_role(self.inside, "pages", self.pages[0], "ben", "editor")
        await give_role(self.inside, "pinboards", self.boards[0], "cleo", "viewer")
        await ask(self.inside, "POST", f"/v1/pinboards/{self.boards[1]}/share", {"is_public": True})

    async def step(self, what: str, which: Any) -> None:
        if what.startswith("open"):
            asked = {
                "open": {"pinboards": self.boards},
                "open pins": {"pins": [pin_id for pin_id, _ in self.pins]},
                "open page": {"pages": self.pages},
                "open all": {"pinboards": self.boards, "pages": self.pages},
            }[what]
            watcher = Watcher()
            watcher.open(self.inside, which, asked)
            self.watchers.append((which, asked, watcher))
        elif what == "breathe":
            for _ in range(which):
                await asyncio.sleep(0)
        elif what in ("slow", "fast", "close"):
            if self.watchers:
                await self._to_watcher(what, which % len(self.watchers))
        else:
            self._change(what, which)

    def _change(self, what: str, which: int) -> None:
        pin_id, owner = self.pins[which % PINS]
        board = "/v1/pinboards/" + self.boards[which % BOARDS]
        page = "/v1/pages/" + self.pages[0]
        cleo = self.inside.cast["cleo"]
        role_id = self.roles[which % BOARDS]
        self.pushes += 1
        value = {"content": {"cards": [{"title": "Sales", "value": self.pushes}]}}
        box = {"x": which, "y": 0, "w": 1, "h": 1}
        calls: dict[str, tuple[str, str, Any, str]] = {
            "push": ("PUT", f"/v1/pins/{pin_id}", value, owner),
            "place": ("POST", board + "/pins", {"pin_id": pin_id}, ("ada", "ben")[which % 2]),
            "move": ("POST", board + "/pins", {"pin_id": pin_id, "position": box}, owner),
            "take": ("DELETE", f"{board}/pins/{pin_id}", None, "ada"),
            "restore": (
                "POST", f"{board}/revisions/{1 + which // 3}/restore", None, ("ada", "ben")[which % 2],
            ),
            "pin public": ("POST", f"/v1/pins/{pin_id}/share", {"is_public": True}, owner),
            "pin private": ("POST", f"/v1/pins/{pin_id}/share", {"is_public": False}, owner),
            "board public": ("POST", board + "/share", {"is_public": True}, "ada"),
            "board private": ("POST", board + "/share", {"is_public": False}, "ada"),
            "add cleo": (
                "POST", board + "/collaborators", {"email": cleo.email, "role": "viewer"}, "ada",
            ),
            "remove cleo": ("DELETE", f"{board}/collaborators/{cleo.user_id}", None, "ada"),
            "ask for role": (
                "PUT", f"{board}/pins/{pin_id}/roles", {"role_ids": [role_id]}, "ada",
            ),
            "ask for none": ("PUT", f"{board}/pins/{pin_id}/roles", {"role_ids": []}, "ada"),
            "give role": (
                "PUT", f"{board}/roles/{role_id}/members", {"user_ids": [cleo.user_id]}, "ada",
            ),
            "take role": ("PUT", f"{board}/roles/{role_id}/members", {"user_ids": []}, "ada"),
            "page add": ("POST", page + "/pins", {"pin_id": pin_id}, ("ada", "ben")[which % 2]),
            "page take": ("DELETE", f"{page}/pins/{pin_id}", None, "ada"),
            "page order": ("PUT", page + "/pins/order", {"order": [pin_id]}, "ada"),
            "publish": ("POST", page + "/publish", None, "ada"),
            "unpublish": ("POST", page + "/unpublish", None, "ada"),
            "page add cleo": (
                "POST", page + "/collaborators", {"email": cleo.email, "role": "viewer"}, "ada",
            ),
            "page remove cleo": ("DELETE", f"{page}/collaborators/{cleo.user_id}", None, "ada"),
        }  # fmt: skip
        call = self.inside.call(*calls[what])
        self.under_way.append(asyncio.get_running_loop().create_task(call))

    async def _to_watcher(self, what: str, which: int) -> None:
        watcher = self.watchers[which][2]
        if what == "slow":
            watcher.slow_down()
        elif what == "fast":
            watcher.speed_up()
        else:
            del self.watchers[which]
            await watcher.close()

    async def end(self) -> None:
        """Let everything come to rest, then hold every viewer against a fresh snapshot."""
        answers = await asyncio.gather(*self.under_way)
        # 400: an order that names a pin, or members with somebody, just taken away.
        assert all(answer.status in (200, 201, 400, 404) for answer in answers)
        for who, asked, watcher in self.watchers:
            watcher.speed_up()
            async with self.inside.watching(who, **asked) as fresh:
                await watcher.until(lambda w=watcher, f=fresh: agree(w, f))
            assert watcher.went_back == []
            await watcher.close()


def agree(watcher: Watcher, fresh: Watcher) -> bool:
    """Whether a viewer shows what is true, or knows what to read again."""
    if not watcher.events:
        return False
    told = {change["id"] for kind in ("pinboard", "page") for change in watcher.named(kind)}
    shown, true = ({**w.pinboards, **w.pages} for w in (watcher, fresh))
    return (
        {i: (p["version"], p["pin_config"]) for i, p in watcher.pins.items()}
        == {i: (p["version"], p["pin_config"]) for i, p in fresh.pins.items()}
        and all(
            shown.get(thing_id) == thing or thing_id in told for thing_id, thing in true.items()
        )
        and all(thing_id in true or thing_id in watcher.denied for thing_id in shown)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=5, max_size=50))
def test_every_viewer_of_pinboards_ends_on_what_is_true(steps: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_play(steps, Path(folder), ""))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=5, max_size=50))
def test_every_viewer_of_pinboards_ends_on_what_is_true_with_postgres(
    postgres_url: str, steps: list[tuple[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_play(steps, Path(folder), postgres_url))


async def _play(steps: list[tuple[str, Any]], folder: Path, database_url: str) -> None:
    domain = secrets.token_hex(6) + ".example"  # the database is used again
    async with running(folder, database_url, domain) as inside:
        play = Play(inside)
        await play.begin()
        for what, which in steps:
            await play.step(what, which)
        await play.end()
