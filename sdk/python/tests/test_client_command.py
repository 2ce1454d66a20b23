"""The client's part of the `pindown` command."""

import json
import subprocess
import sys

import pytest
from pindown import Pindown, __version__
from running_server import PINDOWN, RunningServer, environment


def run(*words: str, stdin: str | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PINDOWN, *words],
        env=environment(COLUMNS="200", **settings),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def settings(server: RunningServer, key: str) -> dict[str, str]:
    return {"PINDOWN_URL": server.url, "PINDOWN_API_KEY": key}


def test_version() -> None:
    assert run("version").stdout.strip() == __version__


def test_a_pin_is_listed_updated_and_shown(settings: dict[str, str], pin: str) -> None:
    changes = json.dumps(
        {"title": "From the shell", "content": {"cards": [{"title": "A", "value": 5}]}}
    )
    saved = json.loads(run("pins", "update", pin, changes, **settings).stdout)
    assert (saved["id"], saved["revision"]) == (pin, 2)
    shown = json.loads(run("pins", "get", pin, **settings).stdout)
    assert shown["content"] == {"cards": [{"title": "A", "value": 5}]}
    listed = run("pins", "list", "--limit", "1", **settings).stdout
    assert pin in listed
    assert "From the shell" in listed
    page = json.loads(run("pins", "list", "--limit", "1", "--json", **settings).stdout)
    assert [item["id"] for item in page["items"]] == [pin]


def test_changes_come_from_standard_input_too(settings: dict[str, str], pin: str) -> None:
    assert run("pins", "update", pin, "-", stdin='{"title": "Piped"}', **settings).returncode == 0
    assert json.loads(run("pins", "get", pin, **settings).stdout)["title"] == "Piped"


def test_a_title_does_not_steer_the_terminal(
    server: RunningServer, key: str, settings: dict[str, str], pin: str
) -> None:
    with Pindown(key, server.url) as pindown:
        pindown.pins.update(pin, title="\x1b[2J[red]Sales")
    listed = run("pins", "list", "--limit", "1", **settings).stdout
    assert "\x1b" not in listed
    assert "[red]Sales" in listed


def test_refusals_are_sentences(settings: dict[str, str], pin: str) -> None:
    missing = run("pins", "get", "p-000000000000", **settings)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr == "Pin not found or you don't have access\n"
    wrong = run("pins", "update", pin, '{"content": {"cards": [{}]}}', **settings)
    assert "Invalid content structure for pin card type 'stat-cards'" in wrong.stderr
    assert "content/cards/0" in wrong.stderr
    assert "This is not JSON" in run("pins", "update", pin, "{", **settings).stderr
    assert "JSON object" in run("pins", "update", pin, "[]", **settings).stderr


def test_live_tells_a_line_for_each_change(
    server: RunningServer, key: str, settings: dict[str, str], pin: str
) -> None:
    with (
        Pindown(key, server.url) as pindown,
        subprocess.Popen(
            [PINDOWN, "live", pin, "p-000000000000"],
            env=environment(PYTHONUNBUFFERED="1", **settings),
            stdout=subprocess.PIPE,
            text=True,
        ) as watching,
    ):
        assert watching.stdout is not None
        assert watching.stdout.readline().startswith(f"{pin}  Sales  v1  ")
        assert watching.stdout.readline().startswith("p-000000000000  not found")
        pindown.pins.update(pin, title="Changed")
        assert watching.stdout.readline().startswith(f"{pin}  Changed  v2  ")
        pindown.pins.delete(pin)
        assert watching.stdout.readline() == f"{pin}  deleted\n"
        watching.terminate()


def test_without_the_extra_it_says_how_to_get_it() -> None:
    program = "import sys; sys.modules['typer'] = None; from pindown.command import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pip install 'pindown[cli]'" in done.stderr


def test_the_client_alone_needs_nothing_of_the_extra() -> None:
    program = "import sys, pindown; print(sorted({'typer', 'rich', 'click'} & {*sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
