"""Files of 150 lines and functions of 15 are the aim; these are the limits."""

import ast

from house import CODE, files, place

FILE = 400  # lines: more than that nobody reads in one go
FUNCTION = 60  # lines: a function has to fit on a screen

# What is longer, and why it may be.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "server/src/pindown_server/door/route.py:add": "everything a route can declare, a line each",
}


def test_files_are_short() -> None:
    for path in files():
        if path.suffix in CODE and place(path) not in LONG_FILES:
            lines = path.read_text().count("\n")
            assert lines <= FILE, f"{place(path)} has {lines} lines: split it by idea"


def test_functions_are_short() -> None:
    for path in files():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{place(path)}:{node.name}"
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                assert lines <= FUNCTION or name in LONG_FUNCTIONS, f"{name} has {lines} lines"
