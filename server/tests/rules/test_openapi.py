"""The OpenAPI document is one, and a chain leads from whatever is made to whatever can be done."""

import json

from house import ROOT
from openapi_spec_validator import OpenAPIV31SpecValidator
from pindown_server.app import all_routes
from pindown_server.door.meanings import MEANINGS
from pindown_server.door.route import Route

DOCUMENT = json.loads((ROOT / "contract/openapi.json").read_text())


def test_it_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_every_route_is_in_it_with_an_example_its_cost_and_its_right() -> None:
    for route in all_routes():
        operation = operation_of(route)
        assert operation["x-token-cost"] == route.cost, route.name
        assert operation.get("x-required-scope") == route.scope, route.name
        assert operation.get("x-required-right") == route.right, route.name
        answer = next(iter(operation["responses"][str(route.status)]["content"].values()))
        told = f"{route.name}: add a Step to walk/steps.py that calls it, then run 'make contract'"
        assert "example" in answer or route.answer is bytes, told


def test_what_was_made_is_linked_to_what_can_be_done_with_it() -> None:
    links = DOCUMENT["paths"]["/v1/pins"]["post"]["responses"]["201"]["links"]
    assert {"get_pin", "update_pin", "delete_pin", "add_block", "share_pin"} <= set(links)
    assert links["get_pin"]["parameters"] == {"pin_id": "$response.body#/data/pin_id"}
    blocks = DOCUMENT["paths"]["/v1/pins/{pin_id}/blocks"]["post"]["responses"]["201"]["links"]
    assert blocks["get_block"]["parameters"] == {
        "pin_id": "$request.path.pin_id",
        "block_id": "$response.body#/data/id",
    }


def test_every_field_is_described_and_every_meaning_is_some_fields() -> None:
    fields = [
        (f"{name.rpartition('.')[2]}.{field}", shape.get("description", ""))
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, shape in schema.get("properties", {}).items()
    ]
    silent = [name for name, said in fields if not said]
    assert silent == [], "say what they mean where they are declared, or in door/meanings.py"
    said = {description for _, description in fields}
    idle = [word for word, text in MEANINGS.items() if not any(s.startswith(text) for s in said)]
    assert idle == []


def operation_of(route: Route) -> dict[str, object]:
    found: dict[str, object] = DOCUMENT["paths"][route.path][route.method.lower()]
    return found
