"""The reference for people: pages made of the OpenAPI document, needing nothing from elsewhere."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from .code import as_curl, as_json, coloured
from .fields import Field, list_fields, resolve
from .start import start_of

Schema = Mapping[str, Any]
Parts = Mapping[str, list[tuple[str, str, Schema]]]
METHODS = ("get", "post", "put", "patch", "delete")
TITLES = {"pin-types": "Pin types", "api-keys": "API keys", "in": "Push addresses", "me": "You"}
# By what one looks for, not by the alphabet.
GROUPS = {
    "What is shown": ("pins", "pinboards", "pages", "datasets", "templates", "files", "pin-types"),
    "Numbers in": ("push", "in"),
    "Watching": ("live", "shared", "search"),
    "Keeping order": ("bin", "audit", "invitations"),
    "People and keys": ("api-keys", "me", "users", "auth"),
}


def make_pages(
    document: Schema, examples: Mapping[str, Mapping[str, Any]], address: str, font: str
) -> dict[str, str]:
    """Every page by its address: `/docs`, and `/docs/pins` for each part of the API."""
    parts = _parts(document)
    pages = {"/docs": _page("Start", start_of(parts, address), parts, "", document, font)}
    for tag, operations in parts.items():
        told = next((t["description"] for t in document["tags"] if t["name"] == tag), "")
        body = f'<header class="head"><h1>{title_of(tag)}</h1><p>{escape(told)}</p></header>'
        for method, path, operation in operations:
            example = examples.get(operation["operationId"], {})
            body += _operation(method, path, operation, example, document, address)
        pages[f"/docs/{tag}"] = _page(title_of(tag), body, parts, tag, document, font)
    return pages


def title_of(tag: str) -> str:
    """A part of the API as a heading."""
    return TITLES.get(tag, tag.capitalize())


def _parts(document: Schema) -> dict[str, list[tuple[str, str, Schema]]]:
    known = [tag for tags in GROUPS.values() for tag in tags]
    tags = [tag["name"] for tag in document["tags"] if tag["name"] != "openapi.json"]
    found: dict[str, list[tuple[str, str, Schema]]] = {
        tag: [] for tag in sorted(tags, key=lambda t: known.index(t) if t in known else 99)
    }
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods and methods[method]["tags"][0] in found:
                found[methods[method]["tags"][0]].append((method, path, methods[method]))
    return {
        tag: sorted(operations, key=lambda op: (op[1].count("/"), _order(op)))
        for tag, operations in found.items()
        if operations
    }


def _order(operation: tuple[str, str, Schema]) -> tuple[str, int]:
    return operation[1], ("post", "get", "put", "patch", "delete").index(operation[0])


def _page(
    title: str,
    body: str,
    parts: Parts,
    here: str,
    document: Schema,
    font: str,
) -> str:
    version = escape(document["info"]["version"])
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} · Pindown API</title>"
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
        f'{font}<link rel="stylesheet" href="/docs/page.css">'
        '<script src="/theme.js"></script><script src="/docs/page.js" defer></script></head><body>'
        '<a class="skip" href="#content">To the content</a>'
        f'<nav class="side" aria-label="Parts of the API">{_brand(version)}{_menu(parts, here)}</nav>'
        f'<main id="content">{body}<footer>Pindown {version} · <a href="/v1/openapi.json">OpenAPI'
        ' 3.1</a> · <a href="/">The app</a></footer></main></body></html>'
    )


def _brand(version: str) -> str:
    return (
        '<a class="brand" href="/docs"><img src="/favicon.svg" alt="" width="26" height="26">'
        f"<b>Pindown</b><span>API {version}</span></a>"
        '<label class="find"><span>Find a call</span>'
        '<input type="search" placeholder="Find a call" autocomplete="off" spellcheck="false">'
        "</label>"
    )


def _menu(parts: Parts, here: str) -> str:
    known = {tag for tags in GROUPS.values() for tag in tags}
    groups = {**GROUPS, "More": tuple(tag for tag in parts if tag not in known)}
    made = f'<a class="part" href="/docs"{_current(is_here=here == "")}>Start</a>'
    for name, tags in groups.items():
        there = [tag for tag in tags if tag in parts]
        if not there:
            continue
        made += f"<h2>{name}</h2>"
        for tag in there:
            calls = "".join(_call(tag, *operation) for operation in parts[tag])
            is_here = " open" if tag == here else ""
            made += (
                f'<details{is_here}><summary><a class="part" href="/docs/{tag}"'
                f"{_current(is_here=tag == here)}>{title_of(tag)}</a><span>{len(parts[tag])}</span>"
                f"</summary><ul>{calls}</ul></details>"
            )
    return made


def _call(tag: str, method: str, path: str, operation: Schema) -> str:
    summary = escape(re.split(r"[.:;] ", operation["summary"])[0].rstrip("."))
    return (
        f'<li data-find="{method} {escape(path)} {summary.lower()}">'
        f'<a href="/docs/{tag}#{operation["operationId"]}">'
        f'<b class="{method}">{method.upper()}</b>{summary}</a></li>'
    )


def _current(*, is_here: bool) -> str:
    return ' aria-current="page"' if is_here else ""


def _operation(
    method: str,
    path: str,
    operation: Schema,
    example: Mapping[str, Any],
    document: Schema,
    address: str,
) -> str:
    name = operation["operationId"]
    needs_key = {} not in operation["security"]
    shown_path = escape(path).replace("{", "<var>{").replace("}", "}</var>")
    heading, rest = (*re.split(r"[.:;] ", operation["summary"].rstrip("."), maxsplit=1), "")[:2]
    said = [f"{rest[0].upper()}{rest[1:]}." if rest else "", operation.get("description", "")]
    told = "".join(f"<p>{_prose(text)}</p>" for text in said if text)
    curl = as_curl(method.upper(), address, example, needs_key=needs_key)
    return (
        f'<section class="call" id="{name}"><div class="said"><h2><a href="#{name}">'
        f"{escape(heading)}</a></h2>"
        f'<p class="path"><b class="{method}">{method.upper()}</b><code>{shown_path}</code></p>'
        f"{_facts(operation)}{told}{_given(operation)}{_body(operation, document)}"
        f"{_answer(operation, document)}{_refusals(operation, document)}</div>"
        f'<div class="shown">{_code("Call", curl)}{_example(example)}</div></section>'
    )


def _facts(operation: Schema) -> str:
    scope = operation.get("x-required-scope")
    if scope:
        who = f'<a href="/docs#scopes"><code>{scope}</code></a>'
    elif {} in operation["security"]:
        who = "no key needed"
    elif all("key" not in way for way in operation["security"]):
        who = "signed in only"
    else:
        who = "any key"
    cost = operation["x-token-cost"]
    tokens = "1 token" if cost == 1 else f"{cost} tokens"
    right = operation.get("x-required-right")
    asked = f'<span><a href="/docs#rights">right <code>{right}</code></a></span>' if right else ""
    return f'<p class="facts"><span>{who}</span>{asked}<span>{tokens}</span></p>'


def _given(operation: Schema) -> str:
    rows = [
        Field(
            parameter["name"],
            f"{parameter['schema'].get('type', '')} in {parameter['in']}".strip(),
            parameter.get("required", False),
            _bounds(parameter),
        )
        for parameter in operation.get("parameters", ())
    ]
    return _table("Parameters", rows)


def _bounds(parameter: Schema) -> str:
    schema = parameter["schema"]
    text: str = parameter.get("description", "")
    if "enum" in schema:
        text += ": " + " | ".join(schema["enum"])
    if "minimum" in schema and "maximum" in schema and schema["maximum"] < 10**6:
        text += f", {schema['minimum']} to {schema['maximum']}"
    return text + (f", {schema['default']} by default" if "default" in schema else "")


def _body(operation: Schema, document: Schema) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return ""
    kinds = ", ".join(f"<code>{kind}</code>" for kind in content)
    schema = next(iter(content.values()))["schema"]
    said = f'<p class="kinds">{kinds}</p>' if list(content) != ["application/json"] else ""
    if "description" in resolve(schema, document):
        said += f'<p class="kinds">{_prose(resolve(schema, document)["description"])}</p>'
    return _table("Body", list_fields(schema, document), said)


def _answer(operation: Schema, document: Schema) -> str:
    status, answer = next(iter(operation["responses"].items()))
    schema = next(iter(answer.get("content", {"": {}}).values())).get("schema", {})
    data = resolve(schema, document).get("properties", {}).get("data", {})
    rows = list_fields(data, document)
    if not rows:
        return ""
    table = _table("", rows)
    return f"<details><summary>Answer <small>{status}, fields of data</small></summary>{table}</details>"


def _refusals(operation: Schema, document: Schema) -> str:
    rows = []
    for status, answer in operation["responses"].items():
        if status >= "400":
            whole = resolve(answer, document)
            schema = whole["content"]["application/json"]["schema"]["allOf"][1]
            codes = schema["properties"]["error"]["properties"]["code"]["enum"]
            rows.append(Field(status, " | ".join(codes), False, whole["description"]))
    table = _table("", rows)
    return f"<details><summary>Errors <small>{', '.join(r.name for r in rows)}</small></summary>{table}</details>"


def _table(title: str, rows: list[Field], before: str = "") -> str:
    if not rows:
        return f"<h3>{title}</h3>{before}" if before else ""
    made = "".join(
        f"<div><dt><code>{escape(row.name)}</code>{'<em>required</em>' if row.is_required else ''}"
        f"<small>{escape(row.kind)}</small></dt><dd>{_prose(row.text)}</dd></div>"
        for row in rows
    )
    heading = f"<h3>{title}</h3>" if title else ""
    return f"{heading}{before}<dl>{made}</dl>"


def _prose(text: str) -> str:
    """A sentence of ours as HTML, in which code stands between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def _example(example: Mapping[str, Any]) -> str:
    if "answer" not in example:
        return ""
    if isinstance(example["answer"], str):
        return _code("Answer", coloured(example["answer"].strip()))
    return _code(f"Answer {example['status']}", as_json(example["answer"]))


def _code(title: str, text: str) -> str:
    return f'<figure><figcaption>{title}</figcaption><pre tabindex="0"><code>{text}</code></pre></figure>'
