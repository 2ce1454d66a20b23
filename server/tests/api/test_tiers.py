"""Tiers that an operator changed or added."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from pindown_server.settings import SettingError, read_settings
from running import PATIENCE, RunningServer


def test_changed_and_added_tiers_count(
    tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server(
        tmp_path, PINDOWN_TIERS="team=100/7, lab=30/5", PINDOWN_DEFAULT_TIER="lab"
    )
    server.command("users", "add", "ada@x.example")
    server.command("users", "add", "ben@x.example", "--tier", "team")
    for email, limits in (("ada@x.example", ("30", "5")), ("ben@x.example", ("100", "7"))):
        key = server.command("keys", "add", "--user", email, "--name", "n").stdout.strip()
        proof = {"Authorization": f"Bearer {key}"}
        shown = httpx2.get(server.address + "/v1/me", headers=proof, timeout=PATIENCE)
        assert shown.status_code == 200
        told = ("X-RateLimit-Limit-Hour", "X-RateLimit-Limit-Minute")
        assert tuple(shown.headers[name] for name in told) == limits


@pytest.mark.parametrize(
    "text",
    ["team", "team=1", "team=0/5", "team=5/0", "Team=5/5", "team=5/5/5", "team=-1/5", "=1/1"],
)
def test_what_is_no_tier_stops_the_start_with_a_sentence(text: str) -> None:
    with pytest.raises(SettingError, match="tokens an hour and a minute"):
        read_settings({"PINDOWN_TIERS": text})


def test_the_default_tier_has_to_exist() -> None:
    with pytest.raises(SettingError, match="PINDOWN_DEFAULT_TIER must be one of"):
        read_settings({"PINDOWN_DEFAULT_TIER": "lab"})
    assert read_settings({"PINDOWN_DEFAULT_TIER": "lab", "PINDOWN_TIERS": "lab=5/5"}).tiers
