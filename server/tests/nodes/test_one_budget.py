"""Two servers, one Redis: a caller has one budget at both, also when Redis was away."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path

import pytest
import services
from cast import bring_in
from inside import PATIENCE, Answer, Inside
from pindown_server.app import create_app
from pindown_server.door import together
from pindown_server.door.together import TogetherBudgets
from pindown_server.settings import Settings
from pindown_server.storage import open_database

LEFT = "x-ratelimit-remaining-minute"


@pytest.fixture(autouse=True)
def _at_once(one_minute: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No window ends while a test looks at it; Redis is looked for again at once."""
    monkeypatch.setattr(together, "RETRY", 0.01)
    monkeypatch.setattr(together, "PATIENCE", 30)


@asynccontextmanager
async def _nodes(data: Path, database: str, bus: str) -> AsyncIterator[tuple[Inside, Inside]]:
    settings = Settings(data=data, database=database, bus=bus, tiers="self-hosted=40/6")
    databases = [await open_database(settings) for _ in range(2)]
    cast = await bring_in(databases[0])
    async with AsyncExitStack() as ending:
        apps = [create_app(settings, database) for database in databases]
        for app in apps:
            await app.start()
            ending.push_async_callback(app.stop)
        yield Inside(apps[0], cast), Inside(apps[1], cast)


def _budgets(node: Inside) -> TogetherBudgets:
    budgets = node.app.parts.budgets
    assert isinstance(budgets, TogetherBudgets)
    return budgets


async def _until(there: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        for _ in iter(there, True):
            await asyncio.sleep(0)


async def _ask(node: Inside) -> Answer:
    """A call that costs one token."""
    return await node.call("GET", "/v1/me")


async def test_a_budget_is_spent_at_both_nodes(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    async with _nodes(tmp_path, postgres_url, redis_url) as (here, there):
        told = [await _ask(node) for node in (here, there, here, there, there)]
        assert [answer.headers[LEFT] for answer in told] == ["5", "4", "3", "2", "1"]
        write = await here.call("POST", "/v1/pinboards", {"metadata": {"title": "Board"}})
        assert (write.status, write.code) == (429, "RATE_LIMIT_EXCEEDED")
        details = write.json["error"]["details"]
        assert (details["used"], details["limit"], details["window"]) == (7, 6, "minute")
        assert write.headers[LEFT] == "1", "a refused call spends nothing"
        last, none = await _ask(there), await _ask(here)
        assert (last.status, last.headers[LEFT], none.status) == (200, "0", 429)
        other = await there.call("GET", "/v1/pinboards", who="ben")
        assert (other.headers[LEFT], other.data["total"]) == ("5", 0)


async def test_calls_at_the_same_time_spend_no_token_twice(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    async with _nodes(tmp_path, postgres_url, redis_url) as nodes:
        answers = await asyncio.gather(*(_ask(nodes[number % 2]) for number in range(20)))
        left = sorted(answer.headers[LEFT] for answer in answers if answer.status == 200)
        assert left == ["0", "1", "2", "3", "4", "5"]
        assert {answer.status for answer in answers} == {200, 429}


async def test_tries_to_sign_in_are_counted_at_both_nodes(
    tmp_path: Path, postgres_url: str, redis_url: str
) -> None:
    async def wrong(node: Inside) -> int:
        body = {"email": "ada@harbour.example", "password": "not this one"}
        return (await node.call("POST", "/v1/auth/sign-in", body, who=None)).status

    async with _nodes(tmp_path, postgres_url, redis_url) as (here, there):
        assert [await wrong(here) for _ in range(10)] == [401] * 10
        first = await wrong(there)  # before this node was told of the others
        await _ask(there)  # what was told before is answered before
        assert (first, await wrong(there), await wrong(here)) == (401, 429, 429)


async def test_while_redis_is_away_each_node_goes_on_with_what_it_knows(
    tmp_path: Path, postgres_url: str
) -> None:
    with tempfile.TemporaryDirectory(prefix="pd-") as folder, ExitStack() as running:
        bus = running.enter_context(services.redis(folder))
        async with _nodes(tmp_path, postgres_url, bus) as (here, there):
            assert [(await _ask(node)).headers[LEFT] for node in (here, there)] == ["5", "4"]
            running.close()
            assert [(await _ask(there)).headers[LEFT] for _ in range(3)] == ["3", "2", "1"]
            assert (await _ask(here)).headers[LEFT] == "4", "here one call was known of"
            assert (await _ask(there)).headers[LEFT] == "0"
            assert (await _ask(there)).status == 429
            assert not _budgets(here).is_heard
            running.enter_context(services.redis(folder))  # which has forgotten everything
            await _until(lambda: _budgets(here).is_heard and _budgets(there).is_heard)
            assert (await _ask(there)).status == 429
            assert (await _ask(here)).status == 429
