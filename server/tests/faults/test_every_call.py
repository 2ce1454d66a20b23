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

# Not held against it: that what fits the schema is accepted. Bodies have rules beyond a schema's
# reach, such as that a position is free or a slug is not taken, and their refusals say so.
UNCHECKED = "positive_data_acceptance"
# They would end the caller's own key or account, or the stream never ends.
LEFT_OUT = ("live", "rotate_key", "revoke_key", "change_key", "remove_me", "remove_user")


@pytest.mark.parametrize("caller", CALLERS)
def test_no_call_breaks_or_surprises(
    caller: str,
    tmp_path: Path,
    database_url: str,
    start_server: Callable[..., RunningServer],
) -> None:
    server = start_server(tmp_path / "data", database_url)
    keys = {name: server.add_key(f"{name}@harbour.example", "*") for name in CALLERS[:3]}
    things = make_things(server.address, keys["owner"])
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(prepared(server.address, things, caller)))
    proof = ["-H", f"Authorization: Bearer {keys[caller]}"] if caller in keys else []
    checks = ["--checks", "all", "--exclude-checks", UNCHECKED]
    if caller == "visitor":
        checks[-1] += ",ignored_auth"  # whoever has no key cannot leave it out
    tried = subprocess.run(
        [
            *(SCHEMATHESIS, "run", str(document), "--url", server.address, *proof, *checks),
            *(part for name in LEFT_OUT for part in ("--exclude-operation-id", name)),
            *("--exclude-tag", "auth", "--seed", "7", "--max-examples", "5", "--no-shrink"),
            *("--max-time", str(SECONDS[caller]), "--generation-allow-x00", "false"),
            *("--generation-database", "none", "--no-color", "--warnings", "off"),
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
    """The document without what makes a write one that is not done; others get the owner's ids."""
    document = httpx2.get(address + "/v1/openapi.json").json()
    for path in document["paths"].values():
        for operation in path.values():
            given = operation.get("parameters", [])
            operation["parameters"] = [
                parameter for parameter in given if parameter["name"] not in ("dry_run", "If-Match")
            ]
            for parameter in operation["parameters"]:
                parameter.pop("example", None)
                if caller != "owner" and parameter["name"] in things:
                    parameter["schema"] = {"enum": things[parameter["name"]]}
    return document
