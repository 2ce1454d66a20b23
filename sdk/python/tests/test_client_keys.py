"""Every call about API keys, waiting and awaited, against a real server."""

from typing import Any

import pytest
from pindown import Pindown, Unauthorized
from running_server import RunningServer


def test_a_key_from_its_secret_to_its_end(pindown: Any, server: RunningServer) -> None:
    made = pindown.keys.create("Sensor", ["pins:read"])
    with Pindown(made["key"], server.url) as sensor:
        assert sensor.keys.current()["scopes"] == ["pins:read"]
    listed = next(key for key in pindown.keys.list()["items"] if key["id"] == made["id"])
    assert "key" not in listed
    assert pindown.keys.update(made["id"], name="Old sensor")["name"] == "Old sensor"
    turned = pindown.keys.rotate(made["id"])
    assert turned["key"] != made["key"]
    pindown.keys.delete(made["id"])
    with Pindown(turned["key"], server.url) as sensor, pytest.raises(Unauthorized):
        sensor.keys.current()
