"""A transaction's body awaits nothing but its own statements: on SQLite everybody else waits for it."""

import ast

import pytest
from house import Source, sources


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_a_transaction_awaits_its_own_statements_only(source: Source) -> None:
    strange = [
        f"{source.name}:{awaited.lineno} awaits {ast.unparse(awaited.value)}"
        for name, body in transactions(source)
        for statement in body
        for awaited in ast.walk(statement)
        if isinstance(awaited, ast.Await) and not belongs_to(awaited.value, name)
    ]
    assert strange == []


def test_the_rule_of_transactions_finds_what_it_looks_for() -> None:
    found = {source.name for source in sources() if transactions(source)}
    assert {"pins/routes.py", "pins/actions.py", "keys/routes.py"} <= found


def transactions(source: Source) -> list[tuple[str, list[ast.stmt]]]:
    """The bodies in which a transaction is open, and its name in them."""
    found: list[tuple[str, list[ast.stmt]]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.AsyncWith):
            found += [
                (item.optional_vars.id, node.body)
                for item in node.items
                if isinstance(item.optional_vars, ast.Name)
                and ast.unparse(item.context_expr).endswith(".transaction()")
            ]
        elif isinstance(node, ast.AsyncFunctionDef):
            found += [
                (argument.arg, node.body)
                for argument in node.args.args
                if argument.annotation and ast.unparse(argument.annotation) == "Transaction"
            ]
    return found


def belongs_to(awaited: ast.expr, name: str) -> bool:
    """`tx.run(…)`, or something that is given `tx`."""
    if not isinstance(awaited, ast.Call):
        return False
    of_it = isinstance(awaited.func, ast.Attribute) and ast.unparse(awaited.func.value) == name
    given = any(isinstance(argument, ast.Name) and argument.id == name for argument in awaited.args)
    return of_it or given
