"""Templates and values that nobody in their right mind would write."""

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pindown_server.templates import Scope, find_references, render, render_text
from pindown_server.templates.budget import MOST_OUTPUT
from pindown_server.templates.compiled import template_of

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
LISTS = {"many": list(range(2_000)), "long": "x" * 100_000, "wide": ["y" * 10_000] * 100}

# Pieces that mean something to the grammar, to Markdown or to addresses, between ordinary text.
SIGNS = st.sampled_from(
    ["{{", "}}", "{", "}", "{{x}}", "{{#if x}}", "{{else}}", "{{/if}}", "{{#each x}}", "{{/each}}",
     "|", "`", "```", "~~~", "$", "*", "_", "[", "](", ")", "<", ">", "#", "- ", "1. ", "===", "---",
     "\\", "&amp;", "&#42;", "!", "![", "\n", "\n\n", "    ", "\t", "\r", "|-|", ":-:", "x.y", "[0]"]
)  # fmt: skip
TEXTS = st.lists(
    SIGNS | st.text(st.characters(exclude_characters="\0"), max_size=6), max_size=12
).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
KINDS = ["text", "markdown", "url", "code"]


@given(TEXTS, JSON, st.sampled_from(KINDS))
def test_no_text_and_no_value_makes_it_raise(text: str, value: Any, kind: str) -> None:
    scope = Scope(own={"x": value}, datasets={"y": value}, now=0)
    for template in (text, {"a": [text]}, {text: text}):
        render(template, {"": kind, "a/*": kind, "*": kind}, scope)
        find_references(template, {"a/*": kind})
    assert isinstance(render_text(text, "text", scope).value, str)


@given(TEXTS.filter(lambda text: "{{" not in text))
def test_text_without_variables_is_itself(text: str) -> None:
    assert render(text, {"": "markdown"}, Scope()).value == text


@given(st.text())
def test_braces_can_be_written(text: str) -> None:
    written = re.sub(r"\{\{", "{{{{", text)
    assert render(written, {}, Scope()).value == re.sub(r"\{\{", "{{", text) or "{{{" in text


@given(JSON)
def test_a_value_alone_comes_through_unchanged(value: Any) -> None:
    assert repr(render("{{x}}", {}, Scope(own={"x": value})).value) == repr(value)


BOMBS = {
    "loops in loops": "{{#each many}}{{#each many}}{{#each many}}{{/each}}{{/each}}{{/each}}",
    "loops that write": "{{#each many}}{{#each many}}{{long}}{{/each}}{{/each}}",
    "loops that sort": "{{#each many}}{{many | sort | length}}{{/each}}",
    "loops that join": "{{#each many}}{{wide | join | length}}{{/each}}",
    "loops that compare": "{{#each many}}{{#if long == long}}{{/if}}{{/each}}{{#each many}}{{#each many}}{{/each}}{{/each}}",
    "loops that print": "{{#each many}}{{wide}}{{/each}}",
    "many lists": ["{{wide}}"] * 1_000,
    "many tags": ["{{many[0]}}" * 1_000] * 100,
    "many texts": ["{{#each many}}x{{/each}}"] * 1_000,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_bombs_end(name: str, kind: str) -> None:
    scope = Scope(own=LISTS)
    rendered = render(BOMBS[name], {"": kind, "*": kind}, scope)
    assert "LIMIT" in {problem.reason for problem in rendered.problems}
    assert len(rendered.problems) <= 100
    assert len(repr(rendered.value)) < 2 * MOST_OUTPUT


def test_once_it_is_over_nothing_more_is_tried() -> None:
    """Ten thousand addresses, each of which takes long to write: after the first few nobody tries."""
    config = {"links": [{"url": "https://shop.example/{{long}}"}] * 10_000}
    scope = Scope(own={"long": "ä" * 300_000})
    rendered = render(config, {"links/*/url": "url"}, scope)
    assert rendered.value["links"][-1] == {"url": None}
    assert {problem.reason for problem in rendered.problems} == {"UNSAFE_URL", "LIMIT"}


def test_texts_that_are_no_templates_cost_as_well() -> None:
    config = ["{{a}}" * 1_000 + "{{" + str(number) for number in range(100)]
    rendered = render(config, {}, Scope(own={"a": 1}))
    reasons = [problem.reason for problem in rendered.problems]
    assert reasons[0] == "SYNTAX"
    assert reasons[-1] == "LIMIT"


@pytest.mark.parametrize(
    "text",
    [
        "{{#if a}}" * 5_000 + "{{/if}}" * 5_000,
        "{{#each a}}" * 20 + "{{/each}}" * 20,
        "{{" + "(" * 5_000 + "a" + ")" * 5_000 + "}}",
        "{{" + "not " * 5_000 + "a}}",
        "{{" + "!" * 50 + "a}}",
        "{{a}}" * 100_000,
    ],
    ids=["ifs", "eaches", "parentheses", "nots", "signs", "tags"],
)
def test_what_is_nested_without_end_is_shown_as_written(text: str) -> None:
    rendered = render(text, {}, Scope())
    assert rendered.value == text
    assert [problem.reason for problem in rendered.problems] == ["LIMIT"]


@pytest.mark.parametrize(
    "text",
    [
        "{{" + "a" * 300_000,
        "{{" * 100_000 + "x",
        "{{a" + " " * 300_000,
        "{{'" + "a" * 300_000,
        "{{" + '"a' * 100_000 + "}}",
        "{{a" + "[0]" * 100_000 + "}}",
        "{{a" + ".b" * 100_000 + "}}",
        "{{a" + " or a" * 50_000 + "}}",
        "{{a" + " | upper" * 50_000 + "}}",
        " {{#if a}} " * 1_000 + "{{/if}}" + " " * 100_000,
        ("\n" + " " * 1_000 + "{{#if a}}{{/if}}") * 200,
    ],
    ids=range(11),
)
def test_long_texts_are_read_once(text: str) -> None:
    find_references(text, {"": "markdown"})
    render(text, {"": "markdown"}, Scope(own={"a": {}}))


@pytest.mark.parametrize(
    "value",
    [" " * 500_000 + "x", "\n" * 500_000, ("\t" * 999 + "\u2028") * 500, "-" + " " * 500_000],
)
def test_long_values_are_read_once(value: str) -> None:
    for text in (
        "a {{x}}",
        "`{{x}}`",
        "```\n{{x}}\n```",
        "{{x | upper}} {{x | number}} {{x | date}}",
    ):
        assert isinstance(render_text(text, "markdown", Scope(own={"x": value})).value, str)


def test_a_value_that_would_take_long_to_escape_is_left_out() -> None:
    rendered = render_text("a {{x}}", "markdown", Scope(own={"x": "*_" * 200_000}))
    assert [problem.reason for problem in rendered.problems] == ["LIMIT"]
    assert len(rendered.value) < 10


def test_numbers_in_texts_of_spaces_end() -> None:
    rows = ["-" + " " * 78 + "x"] * 20_000
    rendered = render_text("{{x | sum}}{{x | max}}", "text", Scope(own={"x": rows}))
    assert {problem.reason for problem in rendered.problems} <= {"LIMIT", "FILTER"}


@pytest.mark.parametrize(
    "path",
    ["__class__", "__class__.__mro__", "__init__.__globals__", "__dict__", "keys", "items", "append",
     "format", "__len__", "real", "__doc__", "this.__class__", "_meta.__class__", "_meta.keys"],
)  # fmt: skip
@pytest.mark.parametrize("value", [{"a": 1}, [1], "text", 1, True, None, 1.5])
def test_attributes_cannot_be_reached(path: str, value: Any) -> None:
    scope = Scope(own={"x": value}, datasets={"y": value}, meta={"pin_id": "p-1"})
    for first in ("x.", "y.", ""):
        text = "{{" + first + path + "}}"
        assert render(text, {}, scope).value is None
        assert [problem.reason for problem in render(text, {}, scope).problems] == ["MISSING"]


def test_what_a_value_holds_is_not_read_again() -> None:
    scope = Scope(own={"x": "{{secret}}", "secret": "s"})
    assert render("{{x}}", {}, scope).value == "{{secret}}"
    assert render("a {{x}}", {}, scope).value == "a {{secret}}"


def test_a_config_that_holds_itself_deeply_comes_back() -> None:
    deep: Any = "{{x}}"
    for _ in range(500):
        deep = [deep]
    assert render(deep, {}, Scope(own={"x": deep})).value == deep


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "JAVASCRIPT:x", "data:text/html,x",
     "//evil.example", "/\\evil.example", "https://user@evil.example", "vbscript:x", "file:///etc/passwd", ""],
)  # fmt: skip
def test_no_address_leads_where_it_must_not(address: str) -> None:
    scope = Scope(own={"x": address, "list": [{"url": address}]})
    config = {"url": "{{x}}", "other": "{{x}}/path", "links": "{{list}}"}
    places = {"url": "url", "other": "url", "links/*/url": "url"}
    rendered = render(config, places, scope)
    assert rendered.value == {
        "url": None,
        "other": None if address else "/path",
        "links": [{"url": None}],
    }
    fields = {"url", "other", "links"} if address else {"url", "links"}
    assert {problem.field for problem in rendered.problems} == fields
    assert {problem.reason for problem in rendered.problems} == {"UNSAFE_URL"}


@given(st.text())
def test_a_value_in_an_address_stays_a_part_of_it(value: str) -> None:
    rendered = render("https://shop.example/a/{{x}}?b=1", {"": "url"}, Scope(own={"x": value}))
    assert re.fullmatch(r"https://shop\.example/a/[A-Za-z0-9%._~-]*\?b=1", rendered.value)


# Around a value: what stands before and behind it, and whether it may have lines of its own.
AROUND = [
    ("", ""), ("Total: ", " today"), ("- ", "\n- b"), ("# ", ""), ("## ", "\n\ntext"), ("> ", ""),
    ("**", "**"), ("*", "*"), ("| a | b |\n|---|---|\n| ", " | x |"), ("a\n", "\nb"), ("1. ", "\n2. b"),
    ("[", "](https://a.example)"), ("", "[a](https://a.example)"), ("[a]", ""), ("", "(b)"),
    ("- a\n\n  ", ""), ("~~", "~~"), ("word", ""), ("", "word"), ("", ".x"), ("", "\n==="),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), AROUND)
@given(value=TEXTS)
@example("*bold* `code` [a](b) <b> $x$ ~~s~~ & &amp; 12.5% 3.50 _a_ a_b")
@example("# a #")
@example("1. a")
@example("- a")
@example("-")
@example("+\n1)\n    code\n\n> x")
@settings(max_examples=60)
def test_no_value_writes_markdown(before: str, after: str, value: str) -> None:
    text = f"{before}{{{{x}}}}{after}"
    rendered = render_text(text, "markdown", Scope(own={"x": value})).value
    # It may take something away, as a space behind `**` does; it adds nothing but what nothing adds.
    assert (
        outline(rendered) - (outline(before + "word" + after) | outline(before + after))
        == Counter()
    )
    said = "".join(drawn(rendered).split())
    assert "".join(value.split()) in said


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
@given(value=TEXTS)
@example("```\n# out")
@example("\r```\r# out")
@example("~~~~\n# out\n`````")
@settings(max_examples=100)
def test_no_value_ends_a_fence(fence: str, value: str) -> None:
    text = f"{fence}sh\necho {{{{x}}}}\n{{{{x}}}}\n{fence}\n\nafter"
    rendered = render_text(text, "markdown", Scope(own={"x": value})).value
    tokens = MARKDOWN.parse(rendered)
    assert [token.type for token in tokens][:1] == ["fence"]
    assert [token.content for token in tokens if token.type == "inline"] == ["after"]


@given(TEXTS)
@example("```\n# out")
def test_no_code_ends_the_fence_somebody_puts_around_it(value: str) -> None:
    scope = Scope(own={"x": value})
    for text in ("{{x}}", "a {{x}} b", "a\n{{x}}\nb", "a ``{{x}}``"):
        rendered = render(text, {"": "code"}, scope).value
        tokens = MARKDOWN.parse(f"```\n{rendered}\n```\n\nafter")
        assert [token.type for token in tokens][:1] == ["fence"]
        assert [token.content for token in tokens if token.type == "inline"] == ["after"]


@given(TEXTS)
def test_no_value_ends_a_span_of_code(value: str) -> None:
    rendered = render_text("run `{{x}}` now", "markdown", Scope(own={"x": value})).value
    children = MARKDOWN.parse(rendered)[1].children or []
    if value.strip():
        assert [child.type for child in children] == ["text", "code_inline", "text"]


@given(TEXTS, TEXTS, TEXTS)
@example("```\n", "\n```\n", "")
@example("{{#each x}}`{{/each}}", "`", "`")
@example("", "```", "\r```")
@settings(max_examples=600)
def test_what_is_taken_for_code_is_code(before: str, between: str, after: str) -> None:
    """A value is left unescaped only where Markdown takes it for code."""
    template = template_of(f"{before}{{{{v}}}}{between}{{{{v}}}}{after}", "markdown")
    assume(template.problem is None)
    text = f"{before}{{{{v}}}}{between}{{{{v}}}}{after}"
    rendered = render_text(text, "markdown", Scope(own={"v": "*q[*", "x": [1, 2]})).value
    for leaf in leaves(MARKDOWN.parse(rendered)):
        if leaf.type == "text":
            assert "q" not in leaf.content or rendered.count("*q[*") == code_holding(
                rendered, "*q[*"
            )


def code_holding(text: str, what: str) -> int:
    codes = [
        leaf for leaf in leaves(MARKDOWN.parse(text)) if leaf.type.startswith(("code", "fence"))
    ]
    return sum((leaf.content + leaf.info).count(what) for leaf in codes)


def leaves(tokens: list[Token]) -> list[Token]:
    return [leaf for token in tokens for leaf in (token.children or [token])]


def outline(text: str) -> Counter[str]:
    """What a text is made of, paragraphs and lines of it aside."""
    plain = {"text", "softbreak", "hardbreak", "paragraph_open", "paragraph_close", "inline"}
    return Counter(leaf.type for leaf in leaves(MARKDOWN.parse(text)) if leaf.type not in plain)


def drawn(text: str) -> str:
    return "".join(leaf.content for leaf in leaves(MARKDOWN.parse(text)))
