"""What matters for safety is written down: every such route says how, or here stands why not."""

from house import ROOT
from pindown_server.app import all_routes
from pindown_server.door.route import Route

# What gives or takes rights.
SCOPES = {"*", "pins:share", "pinboards:share", "pinboards:invite"}

# Not declared beside the route, and why.
UNDECLARED = {
    "POST /v1/auth/forgot": "nothing is changed before its link is used, and that is noted",
    "POST /v1/pins/{pin_id}/share": "noted by the action, which knows what changed",
    "POST /v1/pinboards/{pinboard_id}/share": "noted by the action, which knows what changed",
    "DELETE /v1/pins/batch": "noted by the action, pin by pin",
    "DELETE /v1/pins/{pin_id}/blocks/{block_id}": "a revision of its pin tells, and brings it back",
    "DELETE /v1/pinboards/{pinboard_id}/pins/{pin_id}": "the pin stays",
    "DELETE /v1/pinboards/{pinboard_id}/pins/batch": "the pins stay",
    "DELETE /v1/pages/{page_id}/pins/{pin_id}": "the pin stays",
    "DELETE /v1/pins/{pin_id}/comments/{comment_id}": "what somebody said, not who may what",
    "DELETE /v1/pinboards/{pinboard_id}/comments/{comment_id}": "likewise",
}
BY_ACTIONS = {"pin.shared", "pinboard.shared", "page.shared"}


def matters(route: Route) -> bool:
    """Whether it lets somebody in or out, or takes something away."""
    is_account = route.access == "session" or route.segments[1] == "auth"
    is_right = route.scope in SCOPES or route.segments[-1] == "transfer"
    return route.is_write and (is_account or is_right or route.method == "DELETE")


def test_what_matters_is_audited() -> None:
    for route in all_routes():
        if matters(route) and name_of(route) not in UNDECLARED:
            assert route.audit, f"{name_of(route)}: say audit=(…), or why not"


def test_every_exception_is_still_needed() -> None:
    undeclared = {name_of(route) for route in all_routes() if matters(route) and not route.audit}
    assert undeclared == set(UNDECLARED)


def test_only_changes_are_audited_and_each_has_its_name_in_the_docs() -> None:
    page = (ROOT / "docs/using/audit.md").read_text()
    audited = [route for route in all_routes() if route.audit]
    assert all(route.is_write for route in audited)
    for what in BY_ACTIONS | {route.audit[0] for route in audited}:
        assert f"`{what}`" in page, what


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"
