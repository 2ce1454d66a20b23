"""Every change can be sent again under its Idempotency-Key, and what can be tried is undone.

The door does both, for every route that is not declared a read, by keeping the handler's one
transaction open until it has the answer. That holds as long as handlers change things through the
database they are given and leave what has to follow the commit to the transaction.
"""

import ast

import pytest
from house import Source, sources
from pindown_server.app import all_routes
from pindown_server.door.openapi import document
from pindown_server.door.route import Route
from test_transactions import transactions

# Asked by POST because the question is long, and no change.
READS = {
    "POST /v1/pins/batch/get",
    "POST /v1/pinboards/batch/get",
    "POST /v1/templates/preview",
}

# Where accounts are signed in to: a person looks at the answer, nothing is repeated.
NEVER_REPEATED = "/v1/auth/"

# Changes of things that can otherwise be tried, and why not these.
NOT_TRIED: dict[str, str] = {}
TRIED = {"pins", "pinboards", "pages", "datasets"}

# Work beside the calls, which has no caller to answer.
BESIDE = {
    "commands.py",
    "demo/run.py",
    "walk/run.py",
    "keys/callers.py",
    "pins/freshness.py",
    "door/once.py",
    "bin/sweep.py",
    "audit/sweep.py",
}

# What stays though the call is refused.
OUTRIGHT = {"people/sign_in.py": "a wrong password is written down"}


def test_every_change_takes_an_idempotency_key() -> None:
    for route in all_routes():
        is_read = route.method == "GET" or name_of(route) in READS
        is_kept = not is_read and not route.path.startswith(NEVER_REPEATED)
        assert (route.is_read, route.is_remembered) == (is_read, is_kept), name_of(route)


def test_the_document_says_so() -> None:
    paths = document(all_routes(), "0", {})["paths"]
    for route in all_routes():
        operation = paths[route.path][route.method.lower()]
        named = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert ("Idempotency-Key" in named) == route.is_remembered, name_of(route)
        assert ("dry_run" in named) == route.has_dry_run, name_of(route)
        if route.is_remembered:
            assert "409" in operation["responses"], name_of(route)


def test_every_change_of_what_people_make_can_be_tried() -> None:
    for route in all_routes():
        if route.is_write and route.segments[1] in TRIED and name_of(route) not in NOT_TRIED:
            assert route.has_dry_run, f"{name_of(route)}: say dry_run=True, or why not"


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_handlers_change_through_the_database_they_are_given(source: Source) -> None:
    if source.feature == "storage" or source.name in BESIDE:
        return
    for call in source.calls("transaction"):
        opened = ast.unparse(call.func)
        if source.name in OUTRIGHT:
            opened = opened.replace("database.outright", "database")
        assert opened == "parts.database.transaction", f"{source.name}:{call.lineno} {opened}"


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_nothing_follows_a_transaction_by_itself(source: Source) -> None:
    if source.feature == "storage" or source.name in BESIDE:
        return
    assert [f"{source.name}:{line}: give it to tx.after_commit" for line in following(source)] == []


def test_the_rule_of_what_follows_finds_what_it_looks_for() -> None:
    text = (
        "async def f(parts):\n async with parts.database.transaction() as tx:\n  await tx.run()\n"
    )
    for after, found in (
        (" forget()", [4]),
        (" x = await send()", [4]),
        (" return Answer(f(x))", []),
        (" x = 1", []),
    ):
        tree = ast.parse(text + after)
        source = Source(sources()[0].path, tree)
        assert transactions(source)
        assert list(following(source)) == found


def following(source: Source) -> list[int]:
    """Lines below a transaction that do something: wait, or call something for its own sake."""
    found = []
    for function in ast.walk(source.tree):
        if not isinstance(function, ast.AsyncFunctionDef):
            continue
        ends = [
            node.end_lineno or 0
            for node in ast.walk(function)
            if isinstance(node, ast.AsyncWith)
            and any(ast.unparse(i.context_expr).endswith(".transaction()") for i in node.items)
        ]
        if ends:
            found += [
                node.lineno
                for node in ast.walk(function)
                if isinstance(node, ast.Await)
                or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
                if node.lineno > min(ends)
            ]
    return found


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"
