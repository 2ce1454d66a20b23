"""What templates say: names, types, branches, loops, filters, and what is missing."""

from typing import Any

import pytest
from pindown_server.templates import (
    Scope,
    TemplateProblem,
    find_references,
    has_variables,
    render,
    render_text,
)

ROWS = [{"name": "Rye", "sold": 3, "tags": ["dark"]}, {"name": "Spelt", "sold": 12}]
SCOPE = Scope(
    own={"revenue": 12450.5, "nothing": None, "sales": {"total": "own"}},
    datasets={
        "shop": {"total": 120, "closed": False, "rows": ROWS, "open-rate": 0.25, "by": {"a": 1, "b": 2}},
        "sales": {"total": 7},
        "notes": "**Fresh** bread",
    },
    by_id={"d-000000000001": {"ovens": {"active": 2}}, "d-000000000002": "*as it is*"},
    not_allowed=frozenset({"secret", "d-000000000009"}),
    meta={"pin_id": "p-1", "updated_at": 5},
    now=1_763_822_400_000,
)  # fmt: skip


def problems(value: Any, places: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    found = render(value, places or {}, SCOPE).problems
    return [(problem.field, problem.name, problem.reason) for problem in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("{{revenue}}", 12450.5),
        ("{{ revenue }}", 12450.5),
        ("{{shop.rows}}", ROWS),
        ("{{shop.rows[1].name}}", "Spelt"),
        ("{{shop.rows.1.name}}", "Spelt"),
        ("{{shop.rows[-1].sold}}", 12),
        ('{{shop["open-rate"]}}', 0.25),
        ("{{shop.open-rate}}", 0.25),
        ("{{shop.closed}}", False),
        ("{{nothing}}", None),
        ("{{nope}}", None),
        # A key of the pin's own dataset comes before another dataset's slug.
        ("{{sales.total}}", "own"),
        ("{{datasets.sales.total}}", 7),
        ("{{_meta.pin_id}}", "p-1"),
        ("{{dataset.current.d-000000000001.ovens.active}}", 2),
        ("{{dataset.pin.p-x.d-000000000001.ovens}}", {"active": 2}),
        ("{{dataset.current.d-000000000002.markdown}}", "*as it is*"),
        ("{{shop.total > 100}}", True),
        ("{{'{{x}}'}}", "{{x}}"),
    ],
)  # fmt: skip
def test_one_variable_alone_keeps_its_type(text: str, value: Any) -> None:
    assert render(text, {}, SCOPE).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" {{revenue}}", " 12450.5"),
        ("{{revenue}} and {{shop.closed}}, {{nothing}}", "12450.5 and false, –"),
        ("{{shop.by}} {{shop.rows[0].tags}}", '{"a":1,"b":2} ["dark"]'),
        ("{{{{ name }} is a variable", "{{ name }} is a variable"),
        ("{{{shop.total}}}", "{120}"),
        ("{ {a} }} {", "{ {a} }} {"),
        ("{{#if shop.total > 100 and not shop.closed}}busy{{else}}quiet{{/if}}", "busy"),
        ("{{#if shop.closed}}a{{else if shop.total >= 120}}b{{else}}c{{/if}}", "b"),
        ("{{#if shop.closed}}a{{/if}}-", "-"),
        ("{{ # if\tshop.total }}a{{ else }}b{{ / if }}", "a"),
        ("{{#if (shop.total == 120 or nope) and !shop.closed}}a{{/if}}", "a"),
        ("{{#each shop.rows}}{{@index}}{{name}}{{this.sold}} {{/each}}", "0Rye3 1Spelt12 "),
        ("{{#each shop.rows}}{{#each tags}}{{this}}{{else}}none{{/each}},{{/each}}", "dark,none,"),
        ("{{#each shop.rows as row}}{{#each row.tags}}{{row.name}}{{/each}}{{/each}}", "Rye"),
        ("{{#each shop.rows}}{{name}}{{#if not @last}}, {{/if}}{{/each}}", "Rye, Spelt"),
        ("{{#each shop.by}}{{@key}}={{this}};{{/each}}", "a=1;b=2;"),
        ("{{#each shop.rows}}{{shop.total}} {{/each}}", "120 120 "),
        ("{{#each shop.rows | sort(sold, desc) | limit(1)}}{{name}}{{/each}}!", "Spelt!"),
        ("{{nope or 'none'}} {{nope || shop.total}} {{shop.total && 'yes'}}", "none 120 yes"),
        ("{{nope | default('none')}} {{nothing | default(shop.total)}} {{revenue | default(0)}}", "none 120 12450.5"),
        ("{{shop.total == '120'}} {{shop.total === 120}} {{'b' > 'a'}} {{null == nothing}}.", "true true true true."),
        ("{{true == 1}} {{shop.by == shop.by}} {{'a' < 1}} {{nothing < 1}}.", "false false false false."),
    ],
)  # fmt: skip
def test_texts(text: str, value: str) -> None:
    assert render(text, {}, SCOPE).value == value


def test_a_block_alone_on_its_line_leaves_no_line() -> None:
    text = (
        "Sold:\n{{#each shop.rows}}\n- {{name}}\n{{/each}}\n{{#if shop.closed}}\nno\n{{/if}}\nend"
    )
    assert render(text, {}, SCOPE).value == "Sold:\n- Rye\n- Spelt\nend"


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("{{nope.x}}", "nope.x", "MISSING"),
        ("a {{shop.nope}}", "shop.nope", "MISSING"),
        ("{{secret.x}}", "secret.x", "DATASET_NOT_ALLOWED"),
        ("{{datasets.secret.x}}", "datasets.secret.x", "DATASET_NOT_ALLOWED"),
        ("{{#if secret.x}}{{/if}}", "secret.x", "DATASET_NOT_ALLOWED"),
        ("{{secret.x or 1}}", "secret.x", "DATASET_NOT_ALLOWED"),
        ("{{dataset.pin.p-1.d-000000000009.x}}", "dataset.pin.p-1.d-000000000009.x", "DATASET_NOT_ALLOWED"),
        ("{{revenue | shout}}", "shout", "UNKNOWN_FILTER"),
        ("{{shop.rows | currency}}", "currency", "FILTER"),
        ("{{revenue | number('x')}}", "number", "FILTER"),
        ("{{#each revenue}}{{/each}}", "revenue", "NOT_A_LIST"),
        ("{{#each nope}}{{/each}}", "nope", "MISSING"),
        ("{{", "{{", "SYNTAX"),
        ("{{}}", "{{}}", "SYNTAX"),
        ("a {{#if x}}", "{{#if x}}", "SYNTAX"),
        ("{{#if}}{{/if}}", "{{}}", "SYNTAX"),
        ("{{/each}}", "{{/each}}", "SYNTAX"),
        ("{{else}}", "{{else}}", "SYNTAX"),
        ("{{#with x}}{{/with}}", "{{#with x}}", "SYNTAX"),
        ("{{a + b}}", "a + b", "SYNTAX"),
        ("{{a()}}", "{{a()}}", "SYNTAX"),
        ("{{a ? b : c}}", "a ? b : c", "SYNTAX"),
        ("{{a b}}", "{{a b}}", "SYNTAX"),
        ("{{a | }}", "{{a |}}", "SYNTAX"),
        ("{{or}}", "{{or}}", "SYNTAX"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(text: str, name: str, reason: str) -> None:
    assert problems(text) == [("", name, reason)]
    if reason == "SYNTAX":
        assert render(text, {}, SCOPE).value == text


def test_a_key_that_some_rows_lack_is_no_problem_in_a_condition() -> None:
    assert problems("{{#each shop.rows}}{{#if tags}}{{name}}{{/if}}{{/each}}") == []
    assert problems("{{#if shop.nope}}{{/if}}") == []


def test_a_misspelt_dataset_is_one_where_there_is_no_own_dataset() -> None:
    found = render("{{#if shpo.total}}a{{/if}}", {}, Scope(datasets={"shop": {}})).problems
    assert found == [TemplateProblem("", "shpo.total", "MISSING")]


def test_problems_name_their_field_and_come_once() -> None:
    config = {"cards": [{"title": "a"}, {"title": "{{nope}} {{nope}}", "a/b": "{{shop.rows | x}}"}]}
    assert problems(config) == [
        ("cards/1/title", "nope", "MISSING"),
        ("cards/1/a~1b", "x", "UNKNOWN_FILTER"),
    ]


def test_what_holds_no_variable_is_the_same_object() -> None:
    config = {"cards": [{"title": "Sales", "value": 1}], "deep": {"list": ["a", None]}}
    assert render(config, {"cards/*/title": "markdown"}, SCOPE).value is config


def test_only_what_changes_is_copied() -> None:
    kept = {"title": "kept"}
    config = {"cards": [kept, {"title": "{{shop.total}}"}]}
    rendered = render(config, {}, SCOPE).value
    assert rendered == {"cards": [kept, {"title": 120}]}
    assert rendered["cards"][0] is kept
    assert config["cards"][1] == {"title": "{{shop.total}}"}


def test_a_title_is_always_a_text() -> None:
    assert render_text("{{shop.total}}", "text", SCOPE).value == "120"
    assert render_text("{{nope}}", "text", SCOPE).value == "–"


@pytest.mark.parametrize(
    ("value", "names", "ids"),
    [
        ("plain {{{{x}}", set(), set()),
        ("{{sales.total}} {{datasets.q4.rows}}", {"sales", "datasets", "q4"}, set()),
        (["{{a | default(b.c)}}", {"x": "{{#if d and (not e)}}{{f}}{{/if}}"}], set("abdef"), set()),
        ("{{#each rows | sort(price)}}{{name}}{{this}}{{@index}}{{/each}}", {"rows", "name"}, set()),
        ("{{dataset.current.d-1.a}}{{dataset.pin.p-1.d-2.b}}", set(), {"d-1", "d-2"}),
        ("{{_meta.pin_id}} {{broken", set(), set()),
    ],
)  # fmt: skip
def test_what_a_value_draws_from_is_known_before(
    value: Any, names: set[str], ids: set[str]
) -> None:
    found = find_references(value, {})
    assert (found.names, found.dataset_ids) == (names, ids)


@pytest.mark.parametrize(
    ("text", "is_clocked_in_markdown"),
    [
        ("{{a | relative_time}}", False),
        ("x {{a | relative_time}} {{#if b}}{{c | relative_time}}{{/if}}", False),
        ("{{a | relative_time | upper}}", True),
        ("`{{a | relative_time}}`", True),
    ],
)
def test_only_markdown_leaves_the_time_to_the_reader(
    text: str, *, is_clocked_in_markdown: bool
) -> None:
    assert find_references(text, {"": "markdown"}).is_clocked is is_clocked_in_markdown
    assert find_references(text, {"": "text"}).is_clocked is True
    assert find_references("{{a | date}}", {"": "text"}).is_clocked is False


def test_a_time_in_markdown_is_a_mark() -> None:
    scope = Scope(own={"at": "2025-11-22T15:30:00+01:00"}, now=1_763_822_400_000)
    mark = '<time datetime="2025-11-22T14:30:00Z">2025-11-22 14:30 UTC</time>'
    assert render("{{at | relative_time}}", {"": "markdown"}, scope).value == mark
    assert render("a {{at | relative_time}}", {"": "markdown"}, scope).value == "a " + mark
    assert render("a {{at | relative_time}}", {}, scope).value == "a 10 min ago"


def test_variables_are_seen_however_json_writes_them() -> None:
    assert has_variables('{"a":"{{x}}"}')
    assert has_variables('{"a":"\\u007b\\u007Bx}}"}')
    assert not has_variables('{"a":{"b":{}}}')
