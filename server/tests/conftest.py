"""What tests stand on: both databases, a Redis, and the server, inside the process or as its own."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest
import services
from databases import Databases
from inside import PATIENCE, Inside, running
from pindown_server.bin import sweep as bin_sweep
from pindown_server.clock import HOUR, MINUTE, now
from pindown_server.door import door
from pindown_server.keys import routes as keys
from pindown_server.mail import mailer
from pindown_server.people import attempts
from pindown_server.settings import Settings
from pindown_server.sharing import posting
from pindown_server.storage import Database, open_database, thinning
from redis import Redis
from running import RunningServer

T = TypeVar("T")

DATABASES = ("sqlite", "postgres")

# How long an example takes says something about the machine, not about the code.
hypothesis.settings.register_profile(
    "here", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# What is red in CI is red because of the change: there the examples are those of the last time.
hypothesis.settings.register_profile(
    "same", hypothesis.settings.get_profile("here"), derandomize=True
)
hypothesis.settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    """One database is enough while one works on something; CI takes both."""
    parser.addoption(
        "--database", choices=DATABASES, help="run what runs on both databases on this one only"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever asks for a database once on each."""
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("database_kind", [chosen] if chosen else DATABASES, scope="session")


@pytest.fixture
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window of a budget ends while a test looks at what is left of it."""
    moment = now() // HOUR * HOUR + 10 * MINUTE
    for counted_by in (door, attempts, posting, keys):
        monkeypatch.setattr(counted_by, "now", lambda: moment)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is thinned or swept is so when a test does it: the clock's turn does not come."""
    for kept_by in (thinning, bin_sweep):
        monkeypatch.setattr(kept_by, "EVERY", 3600.0)


@pytest.fixture
def patient_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter that is under way when the mailer closes gets all the time that it takes."""
    monkeypatch.setattr(mailer, "LAST_TRY", PATIENCE)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL in which databases can be made."""
    named = os.environ.get("PINDOWN_TEST_POSTGRES")
    if named:
        yield named
        return
    with services.postgres() as cluster:
        yield cluster.address()


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str) -> Iterator[Databases]:
    """Where tests get their databases."""
    databases = Databases(postgres_server)
    yield databases
    _run(databases.close())


@pytest.fixture
def postgres_url(postgres_databases: Databases) -> Iterator[str]:
    """A PostgreSQL database of the test's own, empty, as careful as in production."""
    address = _run(postgres_databases.take())
    yield address
    _run(postgres_databases.give_back(address))


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str) -> str:
    """What `PINDOWN_DATABASE` has to be: empty for SQLite, then a PostgreSQL of the test's own."""
    if database_kind == "sqlite":
        return ""
    address: str = request.getfixturevalue("postgres_url")
    # These tests do not pull the plug of PostgreSQL, so it need not wait for the disk.
    return address + ("&" if "?" in address else "?") + "synchronous_commit=off"


@pytest.fixture
async def database(tmp_path: Path, database_url: str) -> AsyncIterator[Database]:
    """An open store: SQLite, then PostgreSQL."""
    opened = await open_database(Settings(data=tmp_path, database=database_url))
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a Redis that belongs to the tests."""
    named = os.environ.get("PINDOWN_TEST_REDIS")
    if named:
        yield named
        return
    with services.redis() as address:
        yield address


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The same Redis, emptied."""
    with Redis.from_url(redis_server) as client:
        client.flushdb()
    return redis_server


@pytest.fixture
async def inside(tmp_path: Path, database_url: str) -> AsyncIterator[Inside]:
    """A server inside the test's process, with its cast, on each database."""
    async with running(tmp_path, database_url) as server:
        yield server


@pytest.fixture
def start_server() -> Iterator[Callable[..., RunningServer]]:
    """Start `pindown serve` on a data folder and a database; it ends with the test."""
    servers: list[RunningServer] = []

    def start(data: Path, database_url: str = "", **settings: str) -> RunningServer:
        server = RunningServer(data, database_url, **settings)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def server(
    tmp_path: Path, database_url: str, start_server: Callable[..., RunningServer]
) -> RunningServer:
    """`pindown serve` as its own process, on each database."""
    return start_server(tmp_path / "data", database_url)


def _run(work: Coroutine[Any, Any, T]) -> T:
    # A loop of its own, that leaves the one of the async tests alone.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(work)
