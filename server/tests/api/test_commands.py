"""The `pindown` command of a server: what it prints, what it leaves, and that it works beside one."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import asyncpg
import httpx2
import pytest

PINDOWN = Path(sys.executable).with_name("pindown")
PATIENCE = 30.0  # s a command has


class Folder:
    """A data folder, and the environment of those who use it."""

    def __init__(self, path: Path, database_url: str) -> None:
        self.path = path / "data"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PINDOWN_")
        } | {"PINDOWN_DATA": str(self.path), "PINDOWN_DATABASE": database_url}

    def run(
        self, *arguments: str, given: str = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [PINDOWN, *arguments],
            env=self.environment | settings,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def output(self, *arguments: str, given: str = "") -> str:
        """What a command that must succeed prints."""
        done = self.run(*arguments, given=given)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def key(self, email: str, *arguments: str) -> str:
        """A new key."""
        return self.output("keys", "add", "--user", email, "--name", "test", *arguments).strip()


class Served:
    """A server process and what it printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []

    def read_line(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the server ended"
        self.lines.append(line.rstrip("\n"))
        return self.lines[-1]

    @property
    def address(self) -> str:
        return self.lines[0].removeprefix("Pindown is at ")

    def call(self, method: str, path: str, key: str = "", body: Any = None) -> httpx2.Response:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return httpx2.request(
            method, self.address + path, json=body, headers=headers, timeout=PATIENCE
        )

    def end(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(folder: Folder, *arguments: str, **settings: str) -> Iterator[Served]:
    """A server on a free port, ready."""
    process = subprocess.Popen(
        [PINDOWN, *(arguments or ("serve",)), "--port", "0"],
        env=folder.environment | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    limit = threading.Timer(PATIENCE * 4, process.kill)
    limit.start()
    try:
        served = Served(process)
        served.read_line()
        yield served
    finally:
        limit.cancel()
        process.kill()
        process.communicate()


def until(there: Callable[[], bool]) -> None:
    """Ask until it is so; PostgreSQL carries the news a moment after the commit."""
    end = monotonic() + PATIENCE
    while not there():
        assert monotonic() < end, "it never was so"


async def empty(database_url: str) -> None:
    """Take everything out of a PostgreSQL database, which the tests get migrated."""
    connection = await asyncpg.connect(database_url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> Folder:
    return Folder(tmp_path, database_url)


@pytest.fixture
def embedded(tmp_path: Path) -> Folder:
    return Folder(tmp_path, "")


def test_serve_prints_its_address_and_a_link_for_the_first_account(folder: Folder) -> None:
    with serving(folder) as served:
        assert served.address.startswith("http://127.0.0.1:")
        link = served.read_line().removeprefix("Make the first account at ")
        address, _, code = link.partition("?code=")
        assert address == served.address + "/welcome"
        body = {"email": "ada@x.example", "password": "a ladder", "code": code}
        assert served.call("POST", "/v1/auth/sign-up", body=body).json()["data"]["is_admin"]
        assert served.end() == 0
    with serving(folder) as served:
        assert served.call("GET", "/v1/auth/state").json()["data"]["needs_setup"] is False
        assert served.end(signal.SIGINT) == 0
        assert served.process.stdout is not None
        assert served.process.stdout.read() == ""  # no link once there is an account


def test_beyond_this_machine_the_code_is_not_in_the_link(embedded: Folder) -> None:
    with serving(embedded, PINDOWN_PUBLIC_URL="https://pins.example/") as served:
        assert served.address == "https://pins.example"
        assert served.read_line() == "Make the first account at https://pins.example/welcome"
        assert len(served.read_line().removeprefix("with this one-time code: ")) == 32


def test_a_key_made_beside_a_running_server_works_at_once_and_so_does_its_end(
    folder: Folder,
) -> None:
    with serving(folder) as served:
        folder.output("users", "add", "ada@x.example")
        key = folder.key("ada@x.example")
        assert len(key) == 40
        assert served.call("GET", "/v1/api-keys/current", key).status_code == 200
        key_id = served.call("GET", "/v1/api-keys/current", key).json()["data"]["id"]
        with httpx2.stream(
            "GET",
            served.address + "/v1/live?pins=p-none",
            headers={"authorization": f"Bearer {key}"},
            timeout=PATIENCE,
        ) as stream:
            lines = stream.iter_lines()
            assert next(line for line in lines if line.startswith("event:")) == "event: snapshot"
            folder.output("keys", "revoke", key_id)
            assert next(line for line in lines if line.startswith("event:")) == "event: denied"
        until(lambda: served.call("GET", "/v1/api-keys/current", key).status_code == 401)


def test_keys_add_prints_the_key_and_nothing_else(folder: Folder) -> None:
    folder.output("users", "add", "ada@x.example")
    done = folder.run(
        "keys", "add", "--user", "Ada@x.example", "--name", "till",
        "--scope", "pins:write", "--scope", "pins:read",
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.startswith("pk_live_")
    assert len(done.stdout) == 41
    listed = folder.output("keys", "list")
    assert "pins:read,pins:write" in listed
    assert done.stdout.strip() not in listed
    assert folder.output("keys", "list", "--user", "ada@x.example") == listed


def test_a_password_from_standard_input_signs_in(folder: Folder) -> None:
    with serving(folder) as served:
        folder.output("users", "add", "ada@x.example", "--password-stdin", given="a ladder\n")
        body = {"email": "ada@x.example", "password": "a ladder"}
        session = served.call("POST", "/v1/auth/sign-in", body=body)
        assert session.status_code == 200

        folder.output("users", "password", "ada@x.example", "--password-stdin", given="an anchor")

        assert served.call("POST", "/v1/auth/sign-in", body=body).status_code == 401
        body["password"] = "an anchor"
        assert served.call("POST", "/v1/auth/sign-in", body=body).status_code == 200
        cookies = dict(session.cookies)
        me = served.address + "/v1/me"
        until(lambda: httpx2.get(me, cookies=cookies, timeout=PATIENCE).status_code == 401)


def test_without_a_terminal_users_add_prints_a_link_that_works_once(folder: Folder) -> None:
    with serving(folder) as served:
        for command in ("add", "password"):
            link = folder.output("users", command, "ada@x.example").strip()
            address, _, token = link.partition("?token=")
            assert address == "http://127.0.0.1:8000/reset"  # as the settings say, port included
            body = {"token": token, "password": "a ladder"}
            assert served.call("POST", "/v1/auth/reset", body=body).status_code == 200
            assert served.call("POST", "/v1/auth/reset", body=body).status_code == 400


def test_on_a_terminal_users_add_asks(embedded: Folder) -> None:
    in_a_terminal = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    process = subprocess.Popen(
        [sys.executable, "-c", in_a_terminal, PINDOWN, "users", "add", "ada@x.example"],
        env=embedded.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    shown = b""
    for question in (b"Password: ", b"Repeat for confirmation: "):
        while question not in shown:
            more = os.read(process.stdout.fileno(), 1000)
            assert more, shown
            shown += more
        process.stdin.write(b"a ladder\n")
        process.stdin.flush()
    shown += process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0
    assert b"a ladder" not in shown
    with serving(embedded) as served:
        body = {"email": "ada@x.example", "password": "a ladder"}
        assert served.call("POST", "/v1/auth/sign-in", body=body).status_code == 200


def test_users_are_listed_changed_and_removed(folder: Folder) -> None:
    folder.output("users", "add", "ada@x.example", "--name", "Ada")
    folder.output("users", "add", "ben@x.example", "--tier", "hobby")
    folder.output("users", "add", "cleo@x.example", "--admin")
    rows = [line.split() for line in folder.output("users", "list").splitlines()[1:]]
    assert sorted((row[1], row[2], row[3], row[4]) for row in rows) == [
        ("ada@x.example", "Ada", "self-hosted", "admin"),  # the first, whatever was said
        ("ben@x.example", "ben", "hobby", "-"),
        ("cleo@x.example", "cleo", "self-hosted", "admin"),
    ]
    key, whole = folder.key("ben@x.example"), folder.key("ada@x.example")
    with serving(folder) as served:
        assert served.call("GET", "/v1/me", key).status_code == 200
        folder.output("users", "remove", "ben@x.example")
        until(lambda: served.call("GET", "/v1/me", key).status_code == 401)
        told = served.call("GET", "/v1/audit", whole).json()["data"]["items"]
    assert [entry["what"] for entry in told] == [
        "account.removed", "key.created", "key.created", *3 * ["account.created"],
    ]  # fmt: skip
    assert {(entry["address"], entry["by"]["user_id"]) for entry in told} == {
        ("command line", None)
    }
    assert "ben@x.example" not in folder.output("users", "list")
    assert "ben@x.example" not in folder.output("keys", "list")


REFUSED = [
    ("users", "add", "ada@x.example"),
    ("users", "add", "nobody"),
    ("users", "add", "eve@x.example", "--tier", "golden"),
    ("users", "add", "eve@x.example", "--password-stdin"),
    ("users", "password", "eve@x.example"),
    ("users", "remove", "eve@x.example"),
    ("keys", "add", "--user", "eve@x.example", "--name", "a"),
    ("keys", "add", "--user", "ada@x.example", "--name", "a", "--scope", "everything"),
    ("keys", "list", "--user", "eve@x.example"),
    ("keys", "revoke", "key_aaaaaaaaaaaa"),
]


def test_what_cannot_be_done_is_told_in_a_sentence_and_changes_nothing(embedded: Folder) -> None:
    embedded.output("users", "add", "ada@x.example")
    before = embedded.output("users", "list"), embedded.output("keys", "list")
    for arguments in REFUSED:
        done = embedded.run(*arguments, given="short\n")
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert (embedded.output("users", "list"), embedded.output("keys", "list")) == before


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"PINDOWN_PROT": "80"}, "PINDOWN_PROT is not a setting"),
        ({"PINDOWN_PORT": "many"}, "PINDOWN_PORT must be a whole number"),
        ({"PINDOWN_PORT": "70000"}, "PINDOWN_PORT must be between"),
        ({"PINDOWN_SIGN_UP": "perhaps"}, "PINDOWN_SIGN_UP must be one of"),
        ({"PINDOWN_DEFAULT_TIER": "golden"}, "PINDOWN_DEFAULT_TIER must be one of"),
        ({"PINDOWN_PUBLIC_URL": "pins.example"}, "PINDOWN_PUBLIC_URL must start with"),
        ({"PINDOWN_DATABASE": "mysql://x"}, "PINDOWN_DATABASE must start with"),
    ],
)
def test_a_wrong_setting_stops_with_a_sentence(
    embedded: Folder, settings: dict[str, str], told: str
) -> None:
    for command in ("serve", "check-config"):
        done = embedded.run(command, **settings)
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr
    assert not embedded.path.exists()


def test_a_store_that_cannot_be_opened_stops_with_a_sentence(embedded: Folder) -> None:
    embedded.path.write_text("not a folder")
    for settings in ({}, {"PINDOWN_DATABASE": "postgresql://nobody@127.0.0.1:9/none"}):
        done = embedded.run("serve", **settings)
        assert (done.returncode, done.stdout) == (2, "")
        assert "cannot be opened" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_stops_with_a_sentence(embedded: Folder) -> None:
    with serving(embedded) as served:
        port = served.address.rpartition(":")[2]
        done = embedded.run("serve", "--port", port)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"port {port}" in done.stderr


def test_settings_of_clients_and_tests_are_let_be(embedded: Folder) -> None:
    done = embedded.run(
        "check-config",
        PINDOWN_API_KEY="x",
        PINDOWN_URL="y",
        PINDOWN_PROFILE="z",
        PINDOWN_TEST_A="b",
    )
    assert done.returncode == 0


def test_serve_without_migrating_refuses_a_store_that_needs_it(
    folder: Folder, database_url: str
) -> None:
    if database_url:
        asyncio.run(empty(database_url))
    done = folder.run("serve", "--no-migrate", "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pindown migrate" in done.stderr
    assert folder.output("migrate").startswith("The database is at version ")
    with serving(folder, "serve", "--no-migrate") as served:
        assert served.call("GET", "/healthz").status_code == 200


def test_check_config_says_every_setting_and_no_password(embedded: Folder) -> None:
    done = embedded.run(
        "check-config",
        PINDOWN_DATABASE="postgresql://pins:hush@db.example/pins",
        PINDOWN_METRICS_TOKEN="hush-hush-hush-hush",
    )
    assert "PINDOWN_METRICS_TOKEN=…" in done.stdout.splitlines()
    assert done.returncode == 0
    assert "PINDOWN_DATABASE=postgresql://pins:…@db.example/pins" in done.stdout.splitlines()
    assert "PINDOWN_SIGN_UP=invited" in done.stdout.splitlines()
    assert "hush" not in done.stdout + done.stderr
