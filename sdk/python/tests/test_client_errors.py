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
    Conflict,
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
        _spend(pindown)
    assert told.value.details["tier"] == "starter"
    assert 0 < (told.value.retry_after or 0) <= 3600


def _spend(pindown: Pindown) -> None:
    """Call more often than one token a minute allows, be it at the turn of a minute."""
    for _ in range(3):
        pindown.pins.list()


def test_nobody_there() -> None:
    nobody = Pindown("k", "http://127.0.0.1:1", max_retries=0)
    with nobody, pytest.raises(ConnectionFailed, match=r"127\.0\.0\.1"):
        nobody.pins.list()


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
        real = self._line.handle_request(request)
        answer = httpx2.Response(real.status_code, headers=real.headers, content=real.read())
        fault = next(self.faults, None)
        return answer if fault is None else fault()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return self.handle_request(request)

    def close(self) -> None:
        self._line.close()

    async def aclose(self) -> None:
        self._line.close()


def lost() -> httpx2.Response:
    raise httpx2.ReadError("the line broke")


def late() -> httpx2.Response:
    raise httpx2.ReadTimeout("too slow")


def busy() -> httpx2.Response:
    return httpx2.Response(503, headers={"Retry-After": "0"})


def busy_for_long() -> httpx2.Response:
    return httpx2.Response(503, headers={"Retry-After": "31"})


Over = Callable[[Flaky, Callable[[Any], Any]], Any]


@pytest.fixture(params=["waiting", "awaited"])
def over(request: pytest.FixtureRequest, server: RunningServer, key: str) -> Over:
    """Make a call over a flaky line, with either client."""

    def waiting(line: Flaky, ask: Callable[[Any], Any]) -> Any:
        with Pindown(key, server.url, transport=line) as pindown:
            return ask(pindown)

    async def awaited(line: Flaky, ask: Callable[[Any], Any]) -> Any:
        async with AsyncPindown(key, server.url, transport=line) as pindown:
            return await ask(pindown)

    if request.param == "waiting":
        return waiting
    return lambda line, ask: asyncio.run(awaited(line, ask))


def test_what_ends_the_same_is_asked_for_again_as_are_the_busy(
    over: Over, pindown: Any, pin: str
) -> None:
    line = Flaky(lost, busy)
    over(line, lambda client: client.pins.update(pin, title="Twice"))
    assert len(line.sent) == 3
    assert pindown.pins.get(pin)["title"] == "Twice"


def test_a_lost_answer_is_asked_for_again_and_nothing_happens_twice(
    over: Over, pindown: Any, pin: str
) -> None:
    title = f"Once {pin}"
    asks: list[Callable[[Any], Any]] = [
        lambda client: client.pins.create(stat("Sales", 1), title=title),
        lambda client: client.pins.update(pin, title="x", if_match=1),
        lambda client: client.pins.patch(pin, {"title": "y"}),
        lambda client: client.pins.batch_update([{"id": pin, "title": "z"}]),
        lambda client: client.pins.delete(pin),
    ]
    answers = []
    for ask in asks:
        line = Flaky(lost, busy)
        answers.append(over(line, ask))
        assert len(line.sent) == 3
        assert len({request.headers["Idempotency-Key"] for request in line.sent}) == 1
    assert [found["id"] for found in pindown.pins.list(q=title)["items"]] == [answers[0]["id"]]
    assert [answer["revision"] for answer in answers[1:3]] == [2, 3]
    assert answers[3]["updated"] == [pin]
    assert answers[4]["id"] == pin


def test_a_secret_whose_answer_was_lost_is_not_asked_for_again(over: Over) -> None:
    line = Flaky(lost)
    with pytest.raises(ConnectionFailed):
        over(line, lambda client: client.keys.create("Lost", ["pins:read"]))
    assert len(line.sent) == 1


def test_a_name_for_another_call_is_refused(pindown: Any, pin: str) -> None:
    name = f"order {pin}"
    pindown.pins.update(pin, title="One", idempotency_key=name)
    assert pindown.pins.update(pin, title="One", idempotency_key=name)["revision"] == 2
    with pytest.raises(Conflict) as told:
        pindown.pins.update(pin, title="Other", idempotency_key=name)
    assert told.value.code == "IDEMPOTENCY_CONFLICT"


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
    over: Over,
    faults: tuple[Callable[[], httpx2.Response], ...],
    kind: type[PindownError],
    sent: int,
) -> None:
    line = Flaky(*faults)
    with pytest.raises(kind):
        over(line, lambda client: client.pins.list())
    assert len(line.sent) == sent
