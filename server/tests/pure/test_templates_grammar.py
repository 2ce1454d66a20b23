"""Any template that the grammar can say means what a few lines of Python say it means."""

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pindown_server.templates import Scope, find_references, render

DATA = {"one": 1, "two": 2, "no": False, "word": "a", "none": None, "rows": [{"n": 1}, {"n": 2}]}


@dataclass
class Said:
    """A piece of a template, and what it should come to; `within` while going round a loop."""

    text: str
    value: Any


def _spaced(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from([text, f" {text} ", f"\n{text}\t"])


LITERALS = st.sampled_from(
    [
        Said("1", 1),
        Said("2.5", 2.5),
        Said("-3", -3),
        Said("'a'", "a"),
        Said('"b c"', "b c"),
        Said("''", ""),
        Said("true", True),
        Said("false", False),
        Said("null", None),
    ]
)
PATHS = st.sampled_from([Said(name, value) for name, value in DATA.items()]) | st.sampled_from(
    [Said("rows[0].n", 1), Said("rows.1.n", 2), Said("rows[-1].n", 2), Said("nope.x", None)]
)
SIGNS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def is_true(value: Any) -> bool:
    return bool(value)


def compared(sign: str, left: Any, right: Any) -> bool:
    """Numbers with numbers, texts with texts; of anything else only whether it is the same."""
    for kinds in ((int, float), (str,)):
        if all(isinstance(side, kinds) and not isinstance(side, bool) for side in (left, right)):
            return SIGNS[sign](left, right)
    is_same = type(left) is type(right) and isinstance(left, (bool, type(None))) and left == right
    return is_same if sign == "==" else not is_same if sign == "!=" else False


@st.composite
def comparisons(draw: st.DrawFn, parts: st.SearchStrategy[Said]) -> Said:
    left, right, sign = draw(parts), draw(parts), draw(st.sampled_from(sorted(SIGNS)))
    return Said(f"({left.text}) {sign} ({right.text})", compared(sign, left.value, right.value))


@st.composite
def joined(draw: st.DrawFn, parts: st.SearchStrategy[Said]) -> Said:
    left, right, word = draw(parts), draw(parts), draw(st.sampled_from(["and", "or", "&&", "||"]))
    stops = is_true(left.value) is (word in ("or", "||"))
    return Said(f"({left.text}) {word} ({right.text})", left.value if stops else right.value)


@st.composite
def negated(draw: st.DrawFn, parts: st.SearchStrategy[Said]) -> Said:
    inner, word = draw(parts), draw(st.sampled_from(["not ", "!", "not not "]))
    is_not = is_true(inner.value) if word == "not not " else not is_true(inner.value)
    return Said(f"{word}({inner.text})", is_not)


EXPRESSIONS = st.recursive(
    LITERALS | PATHS,
    lambda parts: comparisons(parts) | joined(parts) | negated(parts),
    max_leaves=6,
)


@given(EXPRESSIONS)
def test_an_expression_comes_to_what_it_says(said: Said) -> None:
    rendered = render("{{" + said.text + "}}", {}, Scope(own=DATA))
    assert rendered.value == said.value
    assert type(rendered.value) is type(said.value)
    assert "SYNTAX" not in {problem.reason for problem in rendered.problems}


def printed(value: Any) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return str(value).lower()
        case list():
            return '[{"n":1},{"n":2}]'
    return str(value)


@st.composite
def outputs(draw: st.DrawFn) -> Said:
    said = draw(EXPRESSIONS)
    return Said("{{" + draw(_spaced(said.text)) + "}}", printed(said.value))


@st.composite
def choices(draw: st.DrawFn, parts: st.SearchStrategy[Said]) -> Said:
    tests = draw(st.lists(EXPRESSIONS, min_size=1, max_size=3))
    branches = [draw(parts) for _ in tests]
    otherwise = draw(parts)
    text = ""
    for number, (test, branch) in enumerate(zip(tests, branches, strict=True)):
        text += "{{" + ("else if " if number else "#if ") + test.text + "}}" + branch.text
    taken = [b.value for t, b in zip(tests, branches, strict=True) if is_true(t.value)]
    return Said(text + "{{else}}" + otherwise.text + "{{/if}}", (*taken, otherwise.value)[0])


@st.composite
def loops(draw: st.DrawFn, parts: st.SearchStrategy[Said]) -> Said:
    inner, empty = draw(parts), draw(parts)
    over, times = draw(st.sampled_from([("rows", 2), ("none", 0), ("rows | limit(1)", 1)]))
    value = inner.value * times if times else empty.value
    return Said(f"{{{{#each {over}}}}}{inner.text}{{{{else}}}}{empty.text}{{{{/each}}}}", value)


@st.composite
def rows(draw: st.DrawFn) -> Said:
    mark = draw(st.sampled_from(["", "row"]))
    head, path = ("rows as row", "row.n") if mark else ("rows", "n")
    return Said(f"{{{{#each {head}}}}}{{{{{path}}}}}{{{{@index}}}};{{{{/each}}}}", "10;21;")


PLAIN = ("a", " ", "} }", "{ a", "ä–", "[x](y)", "%s", "\\")
WORDS = st.sampled_from(
    [*(Said(text, text) for text in PLAIN), Said("{{{{", "{{"), Said("{{{one}}}", "{1}")]
)
TEMPLATES = st.recursive(
    WORDS | outputs() | rows(),
    lambda parts: (
        st.lists(parts, max_size=4).map(
            lambda said: Said("".join(s.text for s in said), "".join(s.value for s in said))
        )
        | choices(parts)
        | loops(parts)
    ),
    max_leaves=8,
)


@given(TEMPLATES)
def test_a_template_comes_to_what_it_says(said: Said) -> None:
    # A word before it, so that it is no variable by itself.
    rendered = render("x" + said.text, {}, Scope(own=DATA))
    assert "SYNTAX" not in {problem.reason for problem in rendered.problems}
    assert rendered.value == "x" + said.value


@given(TEMPLATES)
def test_whatever_it_names_was_known_before(said: Said) -> None:
    known = find_references(said.text, {}).names
    for problem in render(said.text, {}, Scope()).problems:
        if problem.reason == "MISSING":
            assert problem.name.split(".")[0].split("[")[0] in known
