"""One of everything that is Ada's, and every route called about it as the walk does."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from inside import Answer, Inside
from pindown_server.app import all_routes
from pindown_server.door.route import Route
from pindown_server.walk.run import BOUNDARY, filled
from pindown_server.walk.step import Step
from pindown_server.walk.steps import WALK
from scene import ask, make_board, make_pin, place

SECRET = "zanzibar"
HIDDEN = {"title": SECRET, "description": SECRET, "tags": [SECRET], "note": SECRET}
# Ada's, and nobody else's: whoever asks for one is told that there is none.
OURS = {
    "pin_id", "block_id", "comment_id", "address_id", "pinboard_id", "page_id", "dataset_id",
    "file_id", "key_id", "thing_id", "invitation_id",
}  # fmt: skip

ID = re.compile(r"\b(?:p|b|pb|pg|d|c|f)-[a-z0-9]{12}\b|\b(?:usr|key|ses|inv|push)_[a-z0-9]{12}\b")


class World(NamedTuple):
    """Ada's things by the names that paths and steps have for them."""

    inside: Inside
    names: dict[str, str]

    async def call(
        self,
        route: Route,
        who: str | None,
        names: dict[str, str],
        headers: dict[str, str] | None = None,
        *,
        query: dict[str, str] | None = None,
        body: Any = None,
    ) -> Answer:
        """The route as the walk calls it, about these things; with more in its query, or another body."""
        step = STEPS[route.name]
        params = {
            name: names[name] if name in names else filled(step.params.get(name, "x"), names)
            for name in re.findall(r"{(\w+)}", route.path)
        }
        asked = urlencode(filled({**step.query, **(query or {})}, names))
        path = route.path.format(**params) + (f"?{asked}" if asked else "")
        body = filled(step.body, names) if body is None else body
        headers = dict(headers or {})
        if step.raw is not None:
            body, kind = step.raw[1], step.raw[0]
            multipart = f"{kind}; boundary={BOUNDARY}"
            headers["content-type"] = multipart if kind.startswith("multipart") else kind
        return await self.inside.call(route.method, path, body, who, headers)


STEPS: dict[str, Step] = {step.operation: step for step in reversed(WALK) if step.shown}


def routes() -> Iterator[Route]:
    """All that one call can try: not those of a session, nor a stream, nor signing in."""
    for route in all_routes():
        if route.access != "session" and not route.is_streaming and route.segments[1] != "auth":
            yield route


def is_for_admins(route: Route) -> bool:
    """Whether it is about accounts."""
    return route.segments[1] == "users"


def about_ours(route: Route) -> bool:
    """Whether it is about one thing of Ada's."""
    return bool(OURS & set(re.findall(r"{(\w+)}", route.path)))


def elsewhere(names: dict[str, str]) -> dict[str, str]:
    """The same names for things that are not there."""
    return {name: ID.sub(lambda f: f[0][:-12] + "0" * 12, text) for name, text in names.items()}


def assert_silent(name: str, answer: Answer) -> None:
    """Fail if the secret is anywhere in the answer."""
    told = answer.body.decode("utf-8", "replace") + json.dumps(answer.headers)
    assert SECRET not in told.lower(), (name, told[:500])


async def make_world(inside: Inside) -> World:
    """One of everything, private, with the secret in it."""
    config = {"cards": [{"title": SECRET, "value": 1, "label": SECRET}]}
    body = {"pin_type": "stat-cards", "content": config, "metadata": HIDDEN}
    pins = [(await ask(inside, "POST", "/v1/pins", body))["id"] for _ in range(3)]
    pin = f"/v1/pins/{pins[0]}"
    block = await ask(inside, "POST", f"{pin}/blocks", {"type": "markdown", "content": SECRET})
    await ask(inside, "POST", f"{pin}/share", {"allow_comments": True})
    comment = await ask(inside, "POST", f"{pin}/comments", {"text": SECRET})
    address = await ask(inside, "POST", f"{pin}/push-addresses", {"name": SECRET})
    board = await make_board(inside, **{n: HIDDEN[n] for n in ("title", "description", "tags")})
    await place(inside, board, pins[0])
    page = await ask(inside, "POST", "/v1/pages", {"title": SECRET, "pins": [pins[0]]})
    data = {"total": SECRET, "rows": [SECRET]}
    dataset = await ask(inside, "POST", "/v1/datasets", {"name": SECRET, "data": data})
    invited = {"email": f"{SECRET}@elsewhere.example", "role": "viewer"}
    await ask(inside, "POST", f"{pin}/collaborators", invited)
    invitations = await ask(inside, "GET", "/v1/invitations")
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{SECRET}.txt"'
    upload = f"{part}\r\n\r\n{SECRET}\r\n--{BOUNDARY}--\r\n".encode()
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    file = (await inside.call("POST", "/v1/files", upload, "ada", kind)).data
    binned = await make_pin(inside)
    await ask(inside, "PUT", f"/v1/pins/{binned}", {"metadata": {"title": SECRET}})
    await ask(inside, "DELETE", f"/v1/pins/{binned}")
    names = {
        "pin_id": pins[0], "second_id": pins[1], "third_id": pins[2], "block_id": block["id"],
        "comment_id": comment["id"], "address_id": address["id"], "pinboard_id": board,
        "page_id": page["id"], "dataset_id": dataset["id"], "file_id": file["id"],
        "thing_id": binned, "invitation_id": invitations["items"][0]["id"], "revision": "1",
        "key_id": inside.cast["ada"].key_id, "user_id": inside.cast["ada"].user_id,
        "cleo_id": inside.cast["cleo"].user_id, "secret": "x" * 32, "invitation": "x" * 32,
    }  # fmt: skip
    return World(inside, names)
