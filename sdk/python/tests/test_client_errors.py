"""Each refusal is an error of its own, and what may be repeated is."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx2
import pytest
from pindown import (
    AsyncPindown,
    ConnectionFailed,
    NotFound,
    Pindown,
    PindownError,
    RateLimited,
    Refused,
    ScopeRequired,
    ServerFailed,
    TimedOut,
    Unauthorized,
    ValidationFailed,
    stat,
)
from pindown.errors import refused
from running_server import RunningServer


def test_a_wrong_key(server: RunningServer) -> None:
    with Pindown("pk_live_wrong", server.url) as pindown, pytest.raises(Unauthorized) as told:
        pindown.pins.list()
    assert (told.value.status, told.value.code) == (401, "UNAUTHORIZED")
    assert told.value.request_id


def test_a_key_without_the_scope(server: RunningServer, pin: str) -> None:
    with Pindown(server.add_key("pins:read"), server.url) as pindown:
        with pytest.raises(ScopeRequired) as told:
            pindown.pins.update(pin, title="x")
        assert told.value.required_scope == "pins:write"
        assert str(told.value) == "This endpoint requires the 'pins:write' scope"


def test_a_missing_pin(pindown: Any) -> None:
    with pytest.raises(NotFound, match="Pin not found or you don't have access"):
        pindown.pins.get("p-000000000000")


def test_a_body_that_does_not_fit(pindown: Any, pin: str) -> None:
    with pytest.raises(ValidationFailed) as told:
        pindown.pins.update(pin, content={"cards": [{"title": 3}]})
    assert told.value.message == "Invalid content structure for pin card type 'stat-cards'"
    assert told.value.field is not None
    assert told.value.field.startswith("content/cards/0")
    assert len(told.value.problems) >= 1


def test_a_spent_budget_says_when_it_is_filled_again(server: RunningServer) -> None:
    server.add_user("starter@example.org", "--tier", "starter")
    key = server.add_key(email="starter@example.org")
    with Pindown(key, server.url, max_retries=0) as pindown, pytest.raises(RateLimited) as told:
        for _ in range(3):  # two at the turn of a minute
            pindown.pins.list()
    assert told.value.details["tier"] == "starter"
    assert 0 < (told.value.retry_after or 0) <= 3600


def test_nobody_there() -> None:
    with Pindown("k", "http://127.0.0.1:1", max_retries=0) as pindown:
        with pytest.raises(ConnectionFailed, match="127.0.0.1"):
            pindown.pins.list()


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (502, "<html>", ServerFailed, "HTTP_502"),
        (418, None, Refused, "HTTP_418"),
        (404, {"error": "nginx"}, NotFound, "HTTP_404"),
        (403, {"error": {"code": "NEW_ONE", "message": "No"}}, PindownError, "NEW_ONE"),
    ],
)
def test_what_others_answer_in_its_place(
    status: int, body: object, kind: type[Refused], code: str
) -> None:
    error = refused(status, {}, body)
    assert isinstance(error, kind)
    assert error.code == code
    assert error.details == {}


def test_retry_after_in_both_forms() -> None:
    assert refused(503, {"retry-after": "12"}, None).retry_after == 12
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    assert 290 < (refused(503, {"retry-after": later}, None).retry_after or 0) <= 300
    assert refused(503, {"retry-after": "soon"}, None).retry_after is None


class Flaky(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A line to the real server on which the first answers are lost, or come from something else."""

    def __init__(self, *faults: Callable[[], httpx2.Response]) -> None:
        self.faults: Iterator[Callable[[], httpx2.Response]] = iter(faults)
        self.sent: list[httpx2.Request] = []
        self._line = httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        answer = self._line.handle_request(request)
        answer.read()
        fault = next(self.faults, None)
        return answer if fault is None else fault()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return self.handle_request(request)

    def close(self) -> None:
        self._line.close()


def lost() -> httpx2.Response:
    raise httpx2.ReadError("the line broke")


def late() -> httpx2.Response:
    raise httpx2.ReadTimeout("too slow")


def busy() -> httpx2.Response:
    return httpx2.Response(503, headers={"Retry-After": "0"})


def busy_for_long() -> httpx2.Response:
    return httpx2.Response(503, headers={"Retry-After": "31"})


@pytest.fixture(params=["waiting", "awaited"])
def create(
    request: pytest.FixtureRequest, server: RunningServer, key: str
) -> Callable[[Flaky, str], Any]:
    """Create a pin over a flaky line, with either client."""

    def waiting(line: Flaky, title: str) -> Any:
        with Pindown(key, server.url, transport=line) as pindown:
            return pindown.pins.create(stat("Sales", 1), title=title)

    async def awaited(line: Flaky, title: str) -> Any:
        async with AsyncPindown(key, server.url, transport=line) as pindown:
            return await pindown.pins.create(stat("Sales", 1), title=title)

    if request.param == "waiting":
        return waiting
    return lambda line, title: asyncio.run(awaited(line, title))


def test_a_lost_answer_is_asked_for_again_and_nothing_happens_twice(
    create: Callable[[Flaky, str], Any], pindown: Any
) -> None:
    line = Flaky(lost, busy)
    title = f"Once over {id(line)}"
    made = create(line, title)
    assert len({request.headers["Idempotency-Key"] for request in line.sent}) == 1
    assert len(line.sent) == 3
    assert [pin["id"] for pin in pindown.pins.list(q=title)["items"]] == [made["id"]]


@pytest.mark.parametrize(
    ("faults", "kind", "sent"),
    [
        ((lost, lost, lost), ConnectionFailed, 3),
        ((late, late, late), TimedOut, 3),
        ((busy, busy, busy), ServerFailed, 3),
        ((busy_for_long,), ServerFailed, 1),
        ((lambda: httpx2.Response(500),), ServerFailed, 1),
        ((lambda: httpx2.Response(409),), PindownError, 1),
        ((lambda: httpx2.Response(200, text="hello"),), PindownError, 1),
    ],
)
def test_patience_has_an_end(
    create: Callable[[Flaky, str], Any],
    faults: tuple[Callable[[], httpx2.Response], ...],
    kind: type[PindownError],
    sent: int,
) -> None:
    line = Flaky(*faults)
    with pytest.raises(kind):
        create(line, "Patience")
    assert len(line.sent) == sent


def test_a_secret_is_never_asked_for_twice(server: RunningServer, key: str) -> None:
    line = Flaky(lost)
    with Pindown(key, server.url, transport=line) as pindown:
        with pytest.raises(ConnectionFailed):
            pindown.keys.create("Lost", ["pins:read"])
    assert len(line.sent) == 1
