"""Calls of every kind, made out of the OpenAPI document: none breaks the server, none surprises.

schemathesis makes them: examples, edges of every parameter and body, wrong ones, and chains along
the document's links; as everybody there is, on both databases. It holds each answer against the
document. A seed makes it the same every time, a bound keeps it short.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from running import RunningServer

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CALLERS = ("owner", "viewer", "stranger", "visitor")
SECONDS = {"owner": 25, "viewer": 8, "stranger": 8, "visitor": 8}

# Of streams the snapshot is read. What fits the schema is accepted; 412 answers an If-Match out of
# thin air. That is not held against bodies, which have rules beyond a schema's reach, such as that
# a slug is not taken, nor against `live`, which wants one of three parameters, nor against times: a
# moment may lie before anything was kept. Their refusals say what to send.
SETTINGS = """
max-stream-events = 1
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 410, 412, 429]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 429]
[[operations]]
include-method = ["POST", "PUT", "PATCH"]
checks.positive_data_acceptance.enabled = false
[[operations]]
include-operation-id = ["live", "get_pin", "get_pinboard", "get_series", "get_shared_series"]
checks.positive_data_acceptance.enabled = false
"""
# Whoever has no key cannot leave it out.
OF_VISITORS = """
[checks.ignored_auth]
enabled = false
"""


@pytest.mark.parametrize("caller", CALLERS)
def test_no_call_breaks_or_surprises(
    caller: str,
    tmp_path: Path,
    database_url: str,
    start_server: Callable[..., RunningServer],
) -> None:
    server = start_server(tmp_path / "data", database_url)
    if caller == "owner":  # and an admin: else nobody would come to other people's accounts
        made = ("users", "add", "owner@harbour.example", "--admin", "--password-stdin")
        assert server.command(*made, text="correct horse battery\n").returncode == 0
    keys = {name: server.add_key(f"{name}@harbour.example", "*") for name in CALLERS[:3]}
    things = make_things(server.address, keys["owner"])
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(prepared(server.address, things, caller)))
    proof = ["-H", f"Authorization: Bearer {keys[caller]}"] if caller in keys else []
    (tmp_path / "schemathesis.toml").write_text(SETTINGS + OF_VISITORS * (caller == "visitor"))
    tried = subprocess.run(
        [
            *(SCHEMATHESIS, "run", str(document), "--url", server.address, *proof),
            *("--seed", "7", "--max-examples", "5", "--no-shrink"),
            *("--max-time", str(SECONDS[caller]), "--generation-database", "none"),
            *("--no-color", "--warnings", "off"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stdout[-12_000:] + tried.stderr[-2_000:]


def make_things(address: str, key: str) -> dict[str, list[str]]:
    """Something shared with the viewer and something private of each kind, as values of paths."""
    things: dict[str, list[str]] = {}
    proof = {"Authorization": f"Bearer {key}"}
    with httpx2.Client(base_url=address, headers=proof) as client:
        for kind, body in (
            ("pin", {"content": "Secret", "metadata": {"title": "Secret"}}),
            ("pinboard", {"title": "Secret"}),
            ("page", {"title": "Secret"}),
        ):
            made = [client.post(f"/v1/{kind}s", json=body).json()["data"]["id"] for _ in "12"]
            given = {"email": "viewer@harbour.example", "role": "viewer"}
            shared = client.post(f"/v1/{kind}s/{made[0]}/collaborators", json=given)
            assert shared.status_code == 201, shared.text
            things[f"{kind}_id"] = made
        made = client.post("/v1/datasets", json={"name": "Secret", "data": {"a": 1}}).json()
        things["dataset_id"] = [made["data"]["id"]]
    return things


def prepared(address: str, things: dict[str, list[str]], caller: str) -> Any:
    """The document with the owner's ids for others, and without dry runs of what makes or ends things.

    What such a try has made is not there afterwards, and what it has deleted is: as if it were a bug.
    """
    document = httpx2.get(address + "/v1/openapi.json").json()
    for path in document["paths"].values():
        for method, operation in path.items():
            given = operation.get("parameters", [])
            is_lasting = method == "delete" or "201" in operation["responses"]
            operation["parameters"] = [
                parameter
                for parameter in given
                if not (is_lasting and parameter["name"] == "dry_run")
            ]
            for parameter in operation["parameters"]:
                parameter.pop("example", None)
                if caller != "owner" and parameter["name"] in things:
                    parameter["schema"] = {"enum": things[parameter["name"]]}
    return document
