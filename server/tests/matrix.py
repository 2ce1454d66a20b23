"""Every call that asks for a right, by everybody, and a small model of what is answered.

The calls come from the routes' declarations, the model is the table of docs/using/rights.md.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pindown_server.app import all_routes
from pindown_server.clock import DAY, now
from pindown_server.door.route import Route
from pindown_server.rights import Right, Role
from scene import LONG_AGO

ROLES = {"ada": Role.OWNER, "ben": Role.EDITOR, "cleo": Role.VIEWER}  # Dan and visitors have none
STATES: dict[str, dict[str, Any]] = {
    "private": {},
    "public": {"is_public": True, "allow_comments": True},
    "public, sign in": {"is_public": True, "require_sign_in": True},
    "public, expired": {"is_public": True, "allow_comments": True, "expires_at": LONG_AGO},
    "public, edit": {"is_public": True, "allow_edit": True},
    "public, edit, sign in": {"is_public": True, "allow_edit": True, "require_sign_in": True},
    "public, edit, expired": {"is_public": True, "allow_edit": True, "expires_at": LONG_AGO},
    "private, edit": {"allow_edit": True},
}
# Which flags a thing has, by its name in paths. What is not here is its owner's alone.
PAGE = {"is_public", "require_sign_in", "expires_at"}
BOARD = PAGE | {"allow_comments"}
PIN = BOARD | {"allow_edit"}
FLAGS = {"pin_id": PIN, "file_id": PIN, "pinboard_id": BOARD, "page_id": PAGE}
Flags = dict[str, Any]


def role_of(name: str | None, thing: str, flags: Flags) -> Role | None:
    """What somebody is to a thing with these flags; None: it does not exist for them."""
    if name in ROLES and (thing in FLAGS or name == "ada"):
        return ROLES[name]
    is_open = thing in FLAGS and "is_public" in flags and "expires_at" not in flags
    return Role.PUBLIC if is_open and (name or "require_sign_in" not in flags) else None


def may(role: Role, right: Right, flags: Flags) -> bool:
    """The table. The editor wrote the comment; it is the viewer who is taken off."""
    for_comments = "allow_comments" in flags
    for_edits = {"is_public", "allow_edit"} <= flags.keys() and "expires_at" not in flags
    return {
        Right.SEE: True,
        Right.DISCUSS: for_comments,
        Right.AUTHOR: for_comments and role is Role.EDITOR,
        Right.MODERATE: for_comments and role in (Role.OWNER, Role.EDITOR),
        Right.BELONG: role is not Role.PUBLIC,
        Right.LEAVE: role in (Role.OWNER, Role.VIEWER),
        Right.SEE_SOURCE: role in (Role.OWNER, Role.EDITOR),
        Right.EDIT: role in (Role.OWNER, Role.EDITOR) or for_edits,
        Right.OWN: role is Role.OWNER,
    }[right]


class Who(NamedTuple):
    """Somebody of the cast, or a visitor; perhaps by a narrower key, or signed in without one."""

    name: str | None
    how: str = ""


PEOPLE = ("ada", "ben", "cleo", "dan", None)
WITH, WITHOUT, ELSEWHERE = "a key of that scope", "a key of all others", "a key to another thing"
ALONE = "a key to these things alone"
SIGNED_IN = "signed in"
NARROWER = [
    Who(name, how) for name in ROLES for how in (WITH, WITHOUT, ELSEWHERE, ALONE, SIGNED_IN)
]


class Case(NamedTuple):
    """A call, and the rights that it asks for, one after the other."""

    route: Route
    rights: tuple[Right, ...]
    query: Mapping[str, str] = {}
    body: Any = None

    @property
    def thing(self) -> str:
        """What it is about, by its name in the path."""
        return re.findall(r"{(\w+)}", self.route.path)[0]

    def expected(self, who: Who, state: str) -> tuple[int, str]:
        """Status, and the right or error code that a refusal names."""
        route, flags = self.route, flags_of(self.thing, state)
        if who.name is None and route.access != "anyone":
            return 401, "UNAUTHORIZED"
        if route.access == "session" and who.how != SIGNED_IN:
            return 403, "FORBIDDEN"  # no key may
        if who.how == WITHOUT and route.access == "scope":
            return 403, "SCOPE_REQUIRED"
        if who.how in (ELSEWHERE, ALONE) and self.thing == "key_id":
            return 403, "FORBIDDEN"  # it has nothing to do with keys
        # What everybody may see needs no scope.
        is_visitor = who.how == WITHOUT and route.access == "anyone"
        name = None if is_visitor else who.name
        role = role_of(name, self.thing, flags)
        if role is None or who.how == ELSEWHERE:
            return self._unseen(name, flags)
        if who.how == WITHOUT and not is_visitor:
            return 403, "SCOPE_REQUIRED"
        if who.how == ALONE and route.segments[-1] == "duplicate":
            return 403, "FORBIDDEN"  # it makes nothing that it could not see
        missing = [right for right in self.rights if not may(role, right, flags)]
        return (403, missing[0]) if missing else (route.status, "")

    def _unseen(self, name: str | None, flags: Flags) -> tuple[int, str]:
        """Only a link that once worked says why it does not."""
        if self.route.segments[1] == "shared" and "is_public" in flags:
            if "expires_at" in flags:
                return 410, "GONE"
            if "require_sign_in" in flags and name is None:
                return 401, "UNAUTHORIZED"
        return 404, "NOT_FOUND"


def flags_of(thing: str, state: str) -> Flags:
    """Those of the state's flags that the thing has."""
    return {n: flag for n, flag in STATES[state].items() if n in FLAGS.get(thing, ())}


# Everybody, by every kind of key, and signed in.
CALLERS = [*(Who(name) for name in PEOPLE), *NARROWER, Who("dan", SIGNED_IN)]


def cases(state: str) -> Iterator[Case]:
    """Every call that asks for a right, and whatever in it asks for another."""
    for route in all_routes():
        if route.right is None or route.is_streaming:
            continue
        case = Case(route, (route.right,))
        if case.thing not in FLAGS and state != "private":
            continue
        if "edit" in state and "allow_edit" not in FLAGS.get(case.thing, ()):
            continue
        yield case
        for query in route.query:
            if query.right is not None:
                yield case._replace(
                    rights=(route.right, query.right), query={query.name: str(now())}
                )
        if route.right is Right.EDIT:
            yield from _with_flags(case, flags_of(case.thing, state))


def _with_flags(case: Case, flags: Flags) -> Iterator[Case]:
    """A flag that is sent as it is asks for nothing more; another is the owner's to send."""
    fields = case.route.body.__struct_fields__ if case.route.body else ()
    there = [flag for flag in fields if flag in FLAGS.get(case.thing, ())]
    same = {flag: flags.get(flag, None if flag == "expires_at" else False) for flag in there}
    if same:
        yield case._replace(body=same)
    for flag, value in same.items():
        other = now() + DAY if flag == "expires_at" else not value
        yield case._replace(rights=(Right.EDIT, Right.OWN), body={flag: other})
