"""The guides' programs, run as they are against a real server; each answer has the guide's shape to the letter."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pindown import Pindown, stat, table
from running_server import RunningServer, environment

EXAMPLES = Path(__file__).parents[3] / "examples"
NODE = Path(sys.executable).with_name("node")

ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
# What the guides show as examples, and what any real answer has in their place.
PATTERNS: dict[str, re.Pattern[str]] = {
    "p-abc123def456": re.compile(r"p-[a-z0-9]{12}"),
    "https://pindown.ai/share/pin/p-abc123def456": re.compile(
        r"https?://[^/]+/share/pin/p-[a-z0-9]{12}"
    ),
    "https://pindown.ai/pricing": re.compile(r"https?://\S+"),
    "2024-11-01T15:30:00Z": ISO,
    "2024-11-01T15:31:00Z": ISO,
    "stat-cards | line-chart | flexible-table | ...": re.compile(
        r"stat-cards \| line-chart \| flexible-table \| .+"
    ),
}

CREATED = {
    "success": True,
    "data": {
        "pin_id": "p-abc123def456",
        "shareable_url": "https://pindown.ai/share/pin/p-abc123def456",
        "created_at": "2024-11-01T15:30:00Z",
    },
}
UPDATED = {"success": True, "data": {"id": "p-abc123def456", "updated_at": 1730476800000}}


def assert_fits(answer: Any, guide: Any, where: str = "answer") -> None:
    """The answer holds everything that the guide shows, of the same kind; it may hold more."""
    if isinstance(guide, dict):
        assert isinstance(answer, dict), f"{where}: {answer!r}"
        for name, value in guide.items():
            assert name in answer, f"{where} has no {name}: {answer!r}"
            assert_fits(answer[name], value, f"{where}.{name}")
    elif isinstance(guide, str) and guide in PATTERNS:
        assert PATTERNS[guide].fullmatch(answer), f"{where}: {answer!r}"
    elif isinstance(guide, int) and not isinstance(guide, bool):
        assert type(answer) is int, f"{where}: {answer!r}"
    else:
        assert answer == guide, where


class Examples:
    """Runs programs the way a reader would."""

    def __init__(self, client: Pindown, url: str, key: str) -> None:
        self.client = client
        self._settings = {"PINDOWN_URL": url, "PINDOWN_API_KEY": key}

    def run(self, *command: str) -> list[str]:
        """The lines that a program printed."""
        interpreters = {".sh": ["sh"], ".py": [sys.executable], ".mjs": [NODE]}
        program = EXAMPLES / command[0]
        done = subprocess.run(
            [*interpreters[program.suffix], program, *command[1:]],
            env=environment(**self._settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def answers(self, *command: str) -> list[Any]:
        """The answers that a program printed."""
        return [json.loads(line) for line in self.run(*command)]


@pytest.fixture
def examples(server: RunningServer, key: str) -> Iterator[Examples]:
    with Pindown(key, server.url) as client:
        yield Examples(client, server.url, key)


@pytest.fixture
def table_pin(examples: Examples) -> str:
    return examples.client.pins.create(table([{"product": "Widget A"}]), title="Products")["id"]


def test_the_quickstart_with_curl(examples: Examples) -> None:
    created, updated, board, placed = examples.answers("quickstart/quickstart.sh")
    assert_fits(created, CREATED)
    assert_fits(updated, UPDATED)
    assert_fits(board, {"success": True, "data": {"title": "Marketing Dashboard"}})
    assert_fits(placed, {"success": True, "data": {"position": {"x": 0, "y": 0, "w": 2, "h": 1}}})
    pin = examples.client.pins.get(created["data"]["pin_id"])
    assert pin["content"] == {
        "cards": [{"title": "Total Sales", "value": "$15,230", "change": "+45.2%", "trend": "up"}]
    }
    assert (pin["pin_type"], pin["pin_layout"], pin["is_public"]) == ("stat-cards", "1x1", False)
    assert pin["metadata"]["title"] == "Sales Dashboard"
    assert pin["metadata"]["tags"] == ["sales", "analytics"]
    shown = examples.client.pinboards.get(board["data"]["id"])
    assert shown["description"] == "Real-time marketing metrics"
    assert shown["tags"] == ["marketing", "kpis"]
    assert shown["layout"] == {pin["id"]: {"x": 0, "y": 0, "w": 2, "h": 1}}


def test_the_quickstart_in_python(examples: Examples) -> None:
    created, updated = examples.run("quickstart/quickstart.py")
    assert updated == "Pin updated successfully!"
    pin = examples.client.pins.get(created.removeprefix("Created pin: "))
    assert pin["title"] == "API Calls Card"
    assert pin["content"]["cards"] == [
        {"title": "API Calls", "value": "15,230", "change": "+45.2%", "trend": "up"}
    ]


def test_the_quickstart_in_javascript(examples: Examples) -> None:
    created, *updated = examples.answers("quickstart/quickstart.mjs", "2", "50")
    assert_fits(created, CREATED)
    assert len(updated) == 2
    for answer in updated:
        assert_fits(answer, UPDATED)
    pin = examples.client.pins.get(created["data"]["pin_id"])
    assert (pin["title"], pin["revision"]) == ("Total Sales Card", 3)
    assert re.fullmatch(r"\$1\d,\d{3}", pin["content"]["cards"][0]["value"])


def test_updating_with_curl(examples: Examples, pin: str, table_pin: str) -> None:
    answers = examples.answers("update-pin/update-pin.sh", pin, table_pin)
    assert len(answers) == 6
    for answer in answers:
        assert_fits(answer, UPDATED)
    _assert_updated(examples, pin, table_pin)


def test_updating_in_python(examples: Examples, pin: str, table_pin: str) -> None:
    answers = examples.answers("update-pin/update-pin.py", pin, table_pin)
    assert len(answers) == 6
    for data in answers:
        assert_fits(data, UPDATED["data"])
    _assert_updated(examples, pin, table_pin)


def test_updating_in_javascript(examples: Examples, pin: str) -> None:
    lines = examples.run("update-pin/update-pin.mjs", pin, "2", "50")
    assert len(lines) == 2
    for line in lines:
        assert ISO.fullmatch(line.removeprefix("Updated pin at "))
    shown = examples.client.pins.get(pin)
    assert (shown["title"], shown["revision"]) == ("Q4 Revenue Dashboard", 5)
    assert shown["content"]["cards"][0]["title"] == "Live Users"


def _assert_updated(examples: Examples, pin: str, table_pin: str) -> None:
    """Everything the page changes has changed, and nothing else."""
    shown = examples.client.pins.get(pin)
    assert shown["title"] == "Q4 Revenue Dashboard"
    assert shown["metadata"]["tags"] == ["revenue", "q4", "2024"]
    assert shown["content"] == {
        "cards": [{"title": "Live Users", "value": "1,234", "change": "+5.2%", "trend": "up"}]
    }
    assert (shown["is_public"], shown["allow_comments"]) == (True, True)
    assert (shown["require_sign_in"], shown["allow_edit"]) == (False, False)
    assert shown["pin_type"] == "stat-cards"
    products = examples.client.pins.get(table_pin)
    assert products["title"] == "Products"
    assert products["content"]["rows"] == [
        {"product": "Widget A", "sales": 1520},
        {"product": "Widget B", "sales": 980},
    ]


@pytest.mark.parametrize("kind", ["sh", "py", "mjs"])
def test_a_pin_with_blocks(examples: Examples, tmp_path: Path, kind: str) -> None:
    picture = tmp_path / "oven.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    answers = examples.answers(f"pin-with-blocks/pin-with-blocks.{kind}", str(picture))
    blocks = [answer.get("data", answer) for answer in answers]
    text, code, image, note = examples.client.pins.blocks.list(blocks[0]["pin_id"])["items"]
    assert [block["id"] for block in blocks] == [text["id"], code["id"], image["id"], note["id"]]
    assert (text["name"], text["rendered"]) == (
        "This week",
        {"text": "The second oven is **back**."},
    )
    assert code["rendered"]["language"] == "sql"
    uploaded = image["rendered"]["url"].rpartition("/")[2]
    assert examples.client.files.get(uploaded) == picture.read_bytes()
    assert note["rendered"] == {"text": "Too hot: 240 °C"}


def test_pushing_values(examples: Examples) -> None:
    made, again, table_made, done = examples.answers("push/push.sh")
    assert (made["data"]["is_new"], again["data"]["is_new"]) == (True, False)
    assert done == {"success": True}
    ovens = examples.client.pins.get(made["data"]["id"])
    assert (ovens["title"], ovens["content"]["cards"][0]["value"]) == ("Ovens hot", 5)
    sold = examples.client.pins.get(table_made["data"]["id"])
    assert sold["content"]["rows"][1] == {"shop": "Station", "sold": 390}
    # The account is the whole run's: its inbox may hold what other tests pushed before.
    inbox = examples.client.pinboards.get(made["data"]["pinboard_id"])
    assert {ovens["id"], sold["id"]} <= set(inbox["pins"])


def test_variables(examples: Examples) -> None:
    preview, _dataset, pin, _patched = examples.answers("variables/variables.sh")
    assert preview["data"]["rendered"] == "Sold €12,450.50"
    assert pin["data"]["rendered_title"] == "Sold today: €12,451"
    assert pin["data"]["rendered"] == {
        "content": "- **Harbour** 412\n- **Station** 390\n\nA good day.\n"
    }
    shown = examples.client.pins.get(pin["data"]["id"])
    assert shown["rendered_title"] == "Sold today: €9,000"
    assert shown["rendered"] == {"content": "- **Harbour** 412\n- **Station** 390\n\n"}
    assert shown["rendered_errors"] == []


class Guide:
    """Calls that are refused, asked as the guides ask."""

    def __init__(self, server: RunningServer) -> None:
        self.url = f"{server.url}/v1"

    def ask(self, method: str, path: str, key: str | None, body: Any = None) -> httpx2.Response:
        headers = {"Content-Type": "application/json"}
        if key is not None:
            headers["Authorization"] = f"Bearer {key}"
        return httpx2.request(method, self.url + path, headers=headers, json=body, timeout=30)


@pytest.fixture
def guide(server: RunningServer) -> Guide:
    return Guide(server)


def test_a_card_without_a_type_is_refused_as_the_guide_says(guide: Guide, key: str) -> None:
    body = {"data_type": "pin-card", "content": {"cards": []}, "metadata": {"title": "Sales"}}
    answer = guide.ask("POST", "/pins", key, body)
    assert answer.status_code == 400
    assert_fits(
        answer.json(),
        {
            "error": {
                "code": "VALIDATION_FAILED",
                "message": "Pin card type is required",
                "details": {
                    "field": "pin_type",
                    "expected": "stat-cards | line-chart | flexible-table | ...",
                },
            }
        },
    )


def test_content_that_does_not_fit_is_refused_as_the_guide_says(
    guide: Guide, key: str, pin: str
) -> None:
    answer = guide.ask("PUT", f"/pins/{pin}", key, {"metadata": {"pin_config": {"cards": "many"}}})
    assert answer.status_code == 400
    message = "Invalid content structure for pin card type 'stat-cards'"
    assert_fits(answer.json(), {"error": {"code": "VALIDATION_FAILED", "message": message}})


def test_a_missing_pin_is_refused_as_the_guide_says(guide: Guide, key: str) -> None:
    answer = guide.ask("PUT", "/pins/p-abc123def456", key, {"metadata": {"title": "x"}})
    assert answer.status_code == 404
    message = "Pin not found or you don't have access"
    assert_fits(answer.json(), {"error": {"code": "NOT_FOUND", "message": message}})


def test_a_key_that_may_only_read_is_refused_as_the_guide_says(
    guide: Guide, server: RunningServer, pin: str
) -> None:
    reading = server.add_key("pins:read")
    answer = guide.ask("PUT", f"/pins/{pin}", reading, {"metadata": {"title": "x"}})
    assert answer.status_code == 403
    message = "This endpoint requires the 'pins:write' scope"
    assert_fits(answer.json(), {"error": {"code": "SCOPE_REQUIRED", "message": message}})


@pytest.mark.parametrize("key", [None, "pk_live_your_api_key"])
def test_nobody_is_refused_as_the_guide_says(guide: Guide, key: str | None) -> None:
    answer = guide.ask("POST", "/pins", key, {})
    assert answer.status_code == 401
    assert_fits(answer.json(), {"error": {"code": "UNAUTHORIZED"}})


def test_every_answer_tells_the_budget_as_the_guide_says(guide: Guide, key: str, pin: str) -> None:
    answer = guide.ask("PUT", f"/pins/{pin}", key, {"metadata": {"title": "x"}})
    for window in ("Hour", "Minute"):
        limit = int(answer.headers[f"X-RateLimit-Limit-{window}"])
        assert 0 <= int(answer.headers[f"X-RateLimit-Remaining-{window}"]) < limit
        assert ISO.fullmatch(answer.headers[f"X-RateLimit-Reset-{window}"])
    assert answer.headers["X-RateLimit-Token-Cost"] == "2"


def test_a_spent_budget_is_refused_as_the_guide_says(guide: Guide, server: RunningServer) -> None:
    server.add_user("hobby@example.org", "--tier", "hobby")
    hobby = server.add_key(email="hobby@example.org")
    with Pindown(hobby, server.url) as client:
        pin = client.pins.create(stat("Sales", 1), title="Sales")["id"]
    for _ in range(51):  # 50 tokens a minute at 2 each, even when the minute turns meanwhile
        answer = guide.ask("PUT", f"/pins/{pin}", hobby, {"metadata": {"title": "x"}})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    error = answer.json()["error"]
    assert_fits(
        error,
        {
            "code": "RATE_LIMIT_EXCEEDED",
            "details": {
                "limit": 50,
                "used": 51,
                "window": "minute",
                "resetAt": "2024-11-01T15:31:00Z",
                "tier": "hobby",
                "upgrade_url": "https://pindown.ai/pricing",
            },
        },
    )
    used = error["details"]["used"]
    sentence = f"Rate limit exceeded. You've used {used} tokens out of 50 per minute."
    assert error["message"] == sentence
    assert error["details"]["limit"] == 50
