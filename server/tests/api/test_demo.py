"""`pindown demo`: pinboards with every type of pin, alive, and the same ones when it is started again."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import httpx2
import msgspec
import pytest
from pindown_server.demo.pusher import BOARDS
from pindown_server.pins.types import PIN_TYPES
from running import PATIENCE, PINDOWN, RunningServer


class Demo:
    """A running demo and what it printed."""

    def __init__(self, process: "Popen[str]") -> None:
        assert process.stdout is not None
        self.process = process
        said = [process.stdout.readline().strip() for _ in range(3)]
        self.address = said[0].removeprefix("Pindown is at ")
        self.email, _, self.password = (
            said[1].removeprefix("Sign in as ").partition(" with the password ")
        )
        self.key = said[2].removeprefix("An API key to play with: ")

    def read(self, path: str) -> Any:
        """What the demo's own key sees."""
        headers = {"authorization": f"Bearer {self.key}"}
        answer = httpx2.get(self.address + path, headers=headers, timeout=PATIENCE)
        return answer.raise_for_status().json()["data"]

    def wait_for_pins(self) -> dict[str, Any]:
        """All pins by title, once all are there."""
        pins: dict[str, Any] = {}
        while len(pins) < sum(len(board.pins) for board in BOARDS):
            pins = {pin["title"]: pin for pin in self.read("/v1/pins?limit=100")["items"]}
        return pins

    def wait_for(self, pin_id: str, *signs: str) -> None:
        """Watch a pin until one of these stands in its stream."""
        headers = {"authorization": f"Bearer {self.key}"}
        url = f"{self.address}/v1/live?pins={pin_id}"
        with httpx2.stream("GET", url, headers=headers, timeout=PATIENCE) as stream:
            assert any(sign in line for line in stream.iter_lines() for sign in signs)


@contextmanager
def demo(data: Path) -> Iterator[Demo]:
    environment = RunningServer(data).environment()
    process = Popen(
        [PINDOWN, "demo", "--data", data, "--port", "0"], env=environment, stdout=PIPE, text=True
    )
    limit = threading.Timer(PATIENCE * 4, process.kill)
    limit.start()
    try:
        yield Demo(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        limit.cancel()
        process.kill()
        process.communicate()


def test_the_demo_shows_every_type_and_lives_and_goes_on_after_a_restart(tmp_path: Path) -> None:
    with demo(tmp_path) as first:
        pins = first.wait_for_pins()
        first.wait_for(pins["Sales today"]["id"], "event: pin")
        boards = first.read("/v1/pinboards")["items"]
        assert {board["title"] for board in boards} == {board.title for board in BOARDS}
        assert sum(board["pin_count"] for board in boards) == len(pins)
        body = {"email": first.email, "password": first.password}
        answer = httpx2.post(first.address + "/v1/auth/sign-in", json=body, timeout=PATIENCE)
        assert answer.status_code == 200
        first.wait_for(pins["Cold store"]["id"], "event: late", '"is_late":true')
    with demo(tmp_path) as second:
        assert (second.email, second.password, second.key) == (
            first.email,
            first.password,
            first.key,
        )
        again = second.wait_for_pins()
        second.wait_for(pins["Sales today"]["id"], "event: pin")
        assert {pin["id"] for pin in again.values()} == {pin["id"] for pin in pins.values()}
        assert second.read("/v1/pinboards")["total"] == len(BOARDS)


def test_a_demo_leaves_a_folder_alone_that_is_not_one(tmp_path: Path) -> None:
    server = RunningServer(tmp_path)
    assert server.command("users", "add", "ada@x.example").returncode == 0
    before = server.command("users", "list").stdout
    refused = server.command("demo", "--port", "0")
    assert refused.returncode == 2
    assert "not a demo's folder" in refused.stderr
    assert server.command("users", "list").stdout == before
    assert not (tmp_path / "demo.json").exists()


@pytest.mark.parametrize("moment", [0.0, 1.5, 1_199.9, 1_200.0, 1_795_381_628.3, 4e9])
def test_what_the_demo_shows_fits_its_types_at_any_time(moment: float) -> None:
    for board in BOARDS:
        for pin in board.pins:
            config = msgspec.json.encode(pin.config(moment))
            assert PIN_TYPES[pin.pin_type].find_problems(config) == [], pin.key
    named = {pin.pin_type for board in BOARDS for pin in board.pins}
    assert named == set(PIN_TYPES) - {"json-viewer"}
