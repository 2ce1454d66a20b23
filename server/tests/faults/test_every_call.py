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
from inside import Inside
from running import PATIENCE, RunningServer

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CALLERS = ("owner", "viewer", "stranger", "visitor")
SECONDS = {"owner": 18, "viewer": 8, "stranger": 8, "visitor": 8}
# Chains come last, and would get what time the single calls have left.
PHASES = {"owner": ("examples,coverage,fuzzing", "stateful")}

# What fits the schema is accepted, but by these calls, which may refuse it for what no schema says.
MAY_REFUSE = {
    "parameters are held against each other, or against what is kept": (
        "live", "get_pin", "get_pinboard", "get_series", "get_shared_series",
    ),
    "fields are held against each other: copies of a title, a place's x and w": (
        "update_pinboard", "update_page", "place_pin",
    ),
    "it names things that have to be in this one": (
        "create_page", "order_page_pins", "replace_layout", "patch_layout", "ask_for_roles",
        "set_role_members", "reorder_blocks",
    ),
    "it names people who have to be here, or not to be its owner": (
        "transfer_pin", "transfer_pinboard", "transfer_page", "transfer_dataset",
        "add_pin_collaborator", "add_pinboard_collaborator", "add_page_collaborator",
        "send_page_invitation",
    ),
    "what it holds follows its type": (
        "create_pin", "update_pin", "add_block", "update_block", "create_dataset",
        "update_dataset", "preview_template",
    ),
    "a patch applies to what is there": ("patch_pin", "patch_block", "patch_dataset", "append_items"),
    "a time has to come, a tier to be one of this server": (
        "create_key", "change_key", "create_user", "change_user",
    ),
    "only a secret that was given is one": ("reset_password",),
    "it has to hold a value, whatever its kind": (
        "push_value", "push_to_address", "put_to_address", "upload_file",
    ),
}  # fmt: skip
FITS = '"2xx", "3xx", 401, 403, 404, 409, 410, 412, 429'  # 412: an If-Match out of thin air
# Of streams the snapshot is read. NUL is refused in any text, which schemas would say of each.
# A form's fields arrive as texts: a name that was made as `true` is none that breaks the schema.
SETTINGS = f"""
max-stream-events = 1
[generation]
allow-x00 = false
[checks.positive_data_acceptance]
expected-statuses = [{FITS}]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 429]
[[operations]]
include-operation-id = {json.dumps([name for names in MAY_REFUSE.values() for name in names])}
checks.positive_data_acceptance.expected-statuses = [{FITS}, 400]
[[operations]]
include-operation-id = ["upload_file"]
checks.negative_data_rejection.enabled = false
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
    for phases in PHASES.get(caller, ("examples,coverage,fuzzing,stateful",)):
        tried = subprocess.run(
            [
                *(SCHEMATHESIS, "run", str(document), "--url", server.address, *proof),
                *("--phases", phases, "--seed", "7", "--max-examples", "5", "--no-shrink"),
                *("--max-time", str(SECONDS[caller]), "--generation-database", "none"),
                *("--request-timeout", str(PATIENCE)),
                *("--no-color", "--warnings", "off"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert tried.returncode == 0, tried.stdout[-12_000:] + tried.stderr[-2_000:]


def test_what_may_refuse_is_there(inside: Inside) -> None:
    known = {route.name for route in inside.app.parts.routes}
    assert {name for names in MAY_REFUSE.values() for name in names} <= known


def make_things(address: str, key: str) -> dict[str, list[str]]:
    """Something shared with the viewer and something private of each kind, as values of paths."""
    things: dict[str, list[str]] = {}
    proof = {"Authorization": f"Bearer {key}"}
    with httpx2.Client(base_url=address, headers=proof, timeout=PATIENCE) as client:
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
    document = httpx2.get(address + "/v1/openapi.json", timeout=PATIENCE).json()
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
