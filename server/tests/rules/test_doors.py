"""Every route has a door, and who may pass without a key is listed here once more."""

import re

from pindown_server.app import all_routes
from pindown_server.door.route import Route
from pindown_server.door.scopes import SCOPES
from pindown_server.rights import Right

# Passed by anybody: what is public, and what one needs before one has an account.
OPEN = {
    "GET /v1/auth/state",
    "POST /v1/auth/sign-up",
    "POST /v1/auth/sign-in",
    "POST /v1/auth/sign-out",
    "POST /v1/auth/reset",
    "POST /v1/auth/forgot",
    "GET /v1/live",
    "GET /v1/invitations/{token}",
    "GET /v1/shared/pins/{pin_id}",
    "GET /v1/shared/pins/{pin_id}/series",
    "GET /v1/shared/pinboards/{pinboard_id}",
    "GET /v1/shared/pages/{page_id}",
    "GET /v1/shared/pins/{pin_id}/comments",
    "GET /v1/shared/pinboards/{pinboard_id}/comments",
    "GET /v1/files/{file_id}",
    "GET /v1/pin-types",
    "GET /v1/pin-types/{pin_type}",
    "GET /v1/openapi.json",
    "POST /v1/in/{secret}",
    "PUT /v1/in/{secret}",
}

# Passed with any key at all: what it says concerns the key and its account alone.
# The bin holds things of several kinds: what a key may do there, the scope of each kind says.
OWN = {
    "GET /v1/api-keys/current",
    "GET /v1/me",
    "GET /v1/search",
    "GET /v1/bin",
    "POST /v1/bin/{thing_id}/restore",
    "DELETE /v1/bin/{thing_id}",
    "GET /v1/invitations",
    "DELETE /v1/invitations/{invitation_id}",
}

# No rights are given to what these name.
NOT_A_THING = {
    "pin_type": "everybody's",
    "name": "the caller's own, whether there is such a pin or not",
    "secret": "it is the key",
    "token": "it is the key",
    "user_id": "accounts are looked after by admins, and by nobody else",
}


def test_who_may_pass_without_a_key_is_listed() -> None:
    assert {name_of(route) for route in all_routes() if route.access == "anyone"} == OPEN


def test_what_needs_no_scope_is_listed() -> None:
    assert {name_of(route) for route in all_routes() if route.access == "signed in"} == OWN


def test_every_other_route_names_a_scope_or_asks_for_a_session() -> None:
    for route in all_routes():
        if route.access == "scope":
            assert route.scope in SCOPES, name_of(route)
        else:
            assert route.scope is None, name_of(route)
            assert route.access in {"anyone", "signed in", "session"}, name_of(route)


def test_every_route_about_a_thing_names_the_right_it_asks_for() -> None:
    for route in all_routes():
        things = re.findall(r"{(\w+)}", route.path)
        is_about_one = bool(things) and things[0] not in NOT_A_THING
        told = f"{name_of(route)}: say right=Right.… if it is about a thing, and only then"
        assert (route.right is not None) == is_about_one, told
        asked = [query for query in route.query if query.right is not None]
        assert is_about_one or not asked, told


def test_what_changes_a_thing_asks_for_more_than_to_see_it() -> None:
    for route in all_routes():
        if route.is_write and route.right is Right.SEE:
            assert route.segments[-1] == "duplicate", name_of(route)


def test_a_key_that_may_only_read_changes_nothing() -> None:
    for route in all_routes():
        if route.is_write and route.scope is not None:
            assert not route.scope.endswith(":read"), name_of(route)


def test_every_route_is_part_of_version_1_and_there_once() -> None:
    named = [name_of(route) for route in all_routes()]
    assert all(name.split()[1].startswith("/v1/") for name in named)
    assert len(named) == len(set(named))


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def test_every_route_says_what_it_answers() -> None:
    for route in all_routes():
        told = f"{name_of(route)}: declare `answer`, a msgspec type in the feature's answers.py"
        assert route.is_streaming or route.answer is not None, told


def test_every_route_has_a_sentence() -> None:
    for route in all_routes():
        assert route.summary.endswith("."), f"{name_of(route)}: its docstring is its description"
