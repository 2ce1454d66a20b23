"""GET /metrics: for those who hold the token, and nobody else."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from pindown_server.settings import SettingError, read_settings
from prometheus_client.parser import text_string_to_metric_families as parse
from running import PATIENCE, RunningServer

TOKEN = "a-token-of-some-length"


def test_who_holds_the_token_reads_what_was_answered(
    tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    address = start_server(tmp_path, PINDOWN_METRICS_TOKEN=TOKEN).address
    for _ in range(3):
        httpx2.get(address + "/v1/pin-types", timeout=PATIENCE)
    httpx2.get(address + "/v1/pins", timeout=PATIENCE)
    httpx2.get(address + "/v1/nowhere", timeout=PATIENCE)
    answer = httpx2.get(
        address + "/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=PATIENCE
    )
    assert answer.status_code == 200
    samples = {
        (sample.name, sample.labels.get("operation"), sample.labels.get("status")): sample.value
        for family in parse(answer.text)
        for sample in family.samples
    }
    assert samples["pindown_calls_total", "list_pin_types", "200"] == 3
    assert samples["pindown_calls_total", "list_pins", "401"] == 1
    assert samples["pindown_calls_total", "", "404"] == 1
    assert samples["pindown_viewers", None, None] == 0
    assert samples["pindown_bus_heard", None, None] == 1
    assert samples["process_resident_memory_bytes", None, None] > 0


def test_nobody_else_reads_anything(
    tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    address = start_server(tmp_path, PINDOWN_METRICS_TOKEN=TOKEN).address
    for given in ({}, {"Authorization": "Bearer another"}, {"Authorization": "Bearer -"}):
        answer = httpx2.get(address + "/metrics", headers=given, timeout=PATIENCE)
        assert (answer.status_code, answer.text) == (401, "")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_without_a_token_there_is_no_such_address(
    tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    address = start_server(tmp_path).address
    answer = httpx2.get(
        address + "/metrics", headers={"Authorization": "Bearer -"}, timeout=PATIENCE
    )
    assert answer.status_code == 404


def test_a_token_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SettingError, match="at least 16 characters"):
        read_settings({"PINDOWN_METRICS_TOKEN": "short"})
