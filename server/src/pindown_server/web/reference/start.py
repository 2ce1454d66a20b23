"""The first page of the reference: what holds for every call."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ... import errors
from ...door.refusals import BUDGET, KINDS, below
from ...door.scopes import SCOPES
from ...rights import RIGHTS
from ...tiers import TIERS

Rows = Sequence[tuple[str, str]]


def start_of(parts: Mapping[str, Sequence[Any]], address: str) -> str:
    """The start page's content."""
    count = sum(map(len, parts.values()))
    url = escape(address)
    return (
        '<header class="head start"><h1>The Pindown API</h1>'
        "<p>Push JSON to a pin; every open browser shows it at once. Everything the app does goes"
        f" through these {count} calls: there is no second, private API.</p></header>"
        f"{_first(url)}{_section('Conventions', 'conventions', _table(CONVENTIONS))}"
        f"{_section('Errors', 'errors', ERRORS + _table(_errors()))}"
        f"{_section('Scopes', 'scopes', SCOPED + _table(_scopes()))}"
        f"{_section('Rights', 'rights', RIGHTFUL + _table(_rights()))}"
        f"{_section('Tokens', 'tokens', TOKENS + _table(_tiers()) + _table(_headers()))}"
    )


def _first(url: str) -> str:
    first = (
        f"curl -X POST {url}/v1/pins \\\n"
        '  -H "Authorization: Bearer $PINDOWN_KEY" \\\n'
        "  -H 'Content-Type: application/json' \\\n"
        '  -d \'{"pin_type": "stat-cards",\n'
        '       "content": {"cards": [{"title": "Orders today", "value": 128}]},\n'
        '       "metadata": {"title": "Orders"}}\''
    )
    watch = f'curl -N "{url}/v1/live?pins=p-…" \\\n  -H "Authorization: Bearer $PINDOWN_KEY"'
    return (
        '<section class="call"><div class="said"><h2>Two calls</h2><p>Make a key in the app under'
        " <a href='/settings'>Settings</a>, push a pin, and watch it change. Send the key as"
        " <code>Authorization: Bearer pk_live_…</code>; in a browser the session's cookie is"
        " enough.</p></div>"
        f'<div class="shown"><figure><figcaption>Push</figcaption><pre tabindex="0"><code>'
        f"{escape(first, quote=False)}</code></pre></figure><figure><figcaption>Watch</figcaption>"
        f'<pre tabindex="0"><code>{escape(watch, quote=False)}</code></pre></figure></div></section>'
    )


def _section(title: str, name: str, body: str) -> str:
    return (
        f'<section class="prose" id="{name}"><h2><a href="#{name}">{title}</a></h2>{body}</section>'
    )


def _table(rows: Rows) -> str:
    made = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in rows)
    return f"<dl>{made}</dl>"


def _errors() -> Rows:
    tree = sorted(below(errors.PindownError), key=lambda kind: (kind.status, kind.code))
    return [
        (
            f"<code>{kind.code}</code><small>{kind.status}</small>",
            escape((kind.__doc__ or "").split("\n", 1)[0]),
        )
        for kind in tree
        if kind.status in KINDS
    ]


def _scopes() -> Rows:
    return [(f"<code>{name}</code>", escape(text)) for name, text in SCOPES.items()]


def _rights() -> Rows:
    return [
        (f"<code>{right.value}</code>", re.sub(r"`(\w+)`", r"<code>\1</code>", escape(text)))
        for right, text in RIGHTS.items()
    ]


def _tiers() -> Rows:
    return [
        (f"<code>{name}</code>", f"{tier.per_hour:,} an hour, {tier.per_minute:,} a minute")
        for name, tier in TIERS.items()
    ]


def _headers() -> Rows:
    return [(f"<code>{name}</code>", escape(text)) for name, (_, text) in BUDGET.items()]


CONVENTIONS: Rows = (
    ("Address", "<code>/v1</code>; JSON in, JSON out, UTF-8"),
    (
        "Success",
        '<code>{"success": true, "data": {…}}</code>, 201 for what was created, 200 for the rest',
    ),
    (
        "Partial updates",
        "<code>PUT</code> changes what is sent. <code>PATCH</code> is RFC 7396 or RFC 6902",
    ),
    (
        "Lists",
        "<code>limit</code> 1 to 100, 50 by default, and <code>offset</code>; newest first",
    ),
    ("Times", "epoch milliseconds; inside <code>metadata</code> ISO 8601"),
    (
        "Nobody overwritten",
        "send the <code>ETag</code> back as <code>If-Match</code>: 412 if somebody was faster",
    ),
    (
        "Sending again",
        "with an <code>Idempotency-Key</code> a write happens once, however often it is sent",
    ),
    (
        "Trying",
        "<code>?dry_run=true</code> checks and answers as ever and changes nothing",
    ),
    ("Missing or not yours", "both are 404 and look the same"),
)
ERRORS = (
    '<p>Every refusal is <code>{"success": false, "error": {"code", "message", "details"}}</code>'
    " with an <code>X-Request-Id</code>. The message says what to do; <code>details.errors</code>"
    " lists every problem of a body.</p>"
)
SCOPED = (
    "<p>A key does what its scopes say and no more. A <code>:write</code> includes its"
    " <code>:read</code>.</p>"
)
RIGHTFUL = (
    "<p>A call about one thing asks for a right to it, and these have it. Who may not see the thing"
    " gets 404; who sees it and lacks the right gets 403 <code>FORBIDDEN</code>, which names it:"
    " <code>details.required_right</code>.</p>"
)
TOKENS = (
    "<p>A call costs tokens: a read mostly 1, a write 2. They come in two windows, an hour and a"
    " minute; beyond them the answer is 429 with <code>Retry-After</code>.</p>"
)
