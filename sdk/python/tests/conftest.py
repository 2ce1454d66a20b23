import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from pindown import AsyncPindown, Pindown, stat
from pindown.group import Group
from running_server import EMAIL, RunningServer

# How long an example takes says something about the machine, not about the code.
hypothesis.settings.register_profile(
    "here", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# What is red in CI is red because of the change: there the examples are those of the last time.
hypothesis.settings.register_profile(
    "same", hypothesis.settings.get_profile("here"), derandomize=True
)
hypothesis.settings.load_profile("here")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with one account."""
    yield from _running(tmp_path_factory.mktemp("pindown") / "data")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server that a test may stop."""
    yield from _running(tmp_path / "data")


@pytest.fixture(scope="session")
def key(server: RunningServer) -> str:
    """A key that may do everything."""
    return server.add_key()


@pytest.fixture(params=["waiting", "awaited"])
def pindown(request: pytest.FixtureRequest, server: RunningServer, key: str) -> Iterator[Any]:
    """Both clients, called the same way."""
    if request.param == "waiting":
        with Pindown(key, server.url) as waiting:
            yield waiting
        return
    with asyncio.Runner() as runner:
        awaited = AsyncPindown(key, server.url)
        yield Awaited(awaited, runner)
        runner.run(awaited.close())


@pytest.fixture
def pin(server: RunningServer, key: str) -> str:
    """A stat card's id."""
    with Pindown(key, server.url) as client:
        return client.pins.create(stat("Total Sales", "$12,450"), title="Sales")["id"]


class Awaited:
    """Calls an AsyncPindown from a test that waits."""

    def __init__(self, thing: Any, runner: asyncio.Runner) -> None:
        self._thing = thing
        self._runner = runner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._thing, name)
        return Awaited(found, self._runner) if isinstance(found, Group) else self._calling(found)

    def _calling(self, method: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            return await method(*args, **kwargs)

        return lambda *args, **kwargs: self._runner.run(call(*args, **kwargs))


def _running(data: Path) -> Iterator[RunningServer]:
    server = RunningServer(data)
    server.start()
    try:
        server.add_user(EMAIL, "--name", "Ada")
        yield server
    finally:
        server.stop()
