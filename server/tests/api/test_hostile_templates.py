"""Templates in pins that loop, recurse and reach out: they end, they are told, and harm nobody."""

from typing import Any

from inside import Inside, stat
from scene import ask, make_pin

ROWS = {"name": "Rows", "data": {"list": list(range(20_000)), "text": "*x*\n" * 20_000}}
EACH = "{{#each rows.list}}"
HARMFUL = {
    "loops": EACH * 4 + "x" + "{{/each}}" * 4,
    "text": EACH + "{{rows.text}}" + "{{/each}}",
    "lists": EACH + "{{rows.list}}" + "{{/each}}",
    "depth": "{{#if a}}" * 500 + "{{/if}}" * 500,
    "parentheses": "{{" + "(" * 5_000 + "a" + ")" * 5_000 + "}}",
    "itself": "{{_meta.pin_id}}{{pin.config}}{{content}}",
    "attributes": "{{rows.__class__.__mro__}}{{rows.list.append}}{{_meta.__globals__}}{{this.__init__}}",
    "calls": "{{rows()}}{{exec('x')}}",
    "arithmetic": "{{9 ** 9 ** 9}}",
    "braces": "{{" * 9_999,
    "script": "<script>{{rows.text}}</script>{{'<img src=x onerror=alert(1)>'}}",
}


async def test_they_end_and_are_told_and_nothing_is_lost(inside: Inside) -> None:
    await ask(inside, "POST", "/v1/datasets", ROWS)
    quiet = await make_pin(inside, value="{{rows.list[7]}}")
    pins = {name: await make_markdown(inside, text) for name, text in HARMFUL.items()}
    async with inside.watching(pins=[quiet, *pins.values()]) as watcher:
        for name, pin_id in pins.items():
            pin = await ask(inside, "GET", f"/v1/pins/{pin_id}")
            assert pin["content"]["content"] == HARMFUL[name]
            reasons = {problem["reason"] for problem in pin["rendered_errors"]}
            assert (reasons == set()) == (name == "script"), (name, reasons)
            shown = watcher.pins[pin_id]["pin_config"]["content"]
            assert len(shown) < 3_000_000
            assert "object at 0x" not in shown
            assert "<img" not in shown.replace("\\<", "")
        await ask(inside, "PUT", "/v1/datasets/rows", {"data": {"list": [0] * 8, "text": "x"}})
        await watcher.until(lambda: watcher.pins[quiet]["version"] == 2)
    assert watcher.pins[quiet]["pin_config"]["cards"][0]["value"] == 0


async def test_no_variable_brings_in_an_address_that_is_none(inside: Inside) -> None:
    bad = "javascript:alert(1)"
    data = {"url": bad, "links": [{"label": "a", "url": bad}], "pic": "data:text/html,x"}
    await ask(inside, "POST", "/v1/datasets", {"name": "Evil", "data": data})
    configs: list[tuple[str, Any]] = [
        ("image", {"url": "{{evil.pic}}"}),
        ("embed", {"url": "{{evil.url}}"}),
        ("alert-action", {"title": "x", "actions": [{"label": "x", "url": "{{evil.url}}"}]}),
        ("alert-action", {"title": "x", "actions": "{{evil.links}}"}),
        ("alert-action", {"title": "x", "message": "[x]({{evil.url}}) {{evil.url}}"}),
    ]
    for pin_type, config in configs:
        body = {"pin_type": pin_type, "metadata": {"title": "x"}, "content": config}
        made = await ask(inside, "POST", "/v1/pins", body)
        await ask(inside, "POST", f"/v1/pins/{made['id']}/share", {"is_public": True})
        shared = await inside.call("GET", f"/v1/shared/pins/{made['id']}", who=None)
        shown = shared.data["pin_config"]
        assert bad not in shared.body.decode() or "message" in shown
        assert "data:text" not in shared.body.decode()
        if "message" in shown:
            # In Markdown it is a text; as a link's address the reader's browser is asked by our rule.
            assert shown["message"] == r"[x](javascript:alert\(1\)) javascript:alert\(1\)"


async def test_what_a_push_says_is_no_template_of_somebody_elses_data(inside: Inside) -> None:
    await ask(inside, "POST", "/v1/datasets", {"name": "Mine", "data": {"secret": "s3cret"}})
    made = await ask(inside, "POST", "/v1/pins", {**stat("{{mine.secret}}")}, "ben")
    await ask(inside, "POST", f"/v1/pins/{made['id']}/share", {"is_public": True}, "ben")
    for who in ("ben", "ada", None):
        shown = await inside.call("GET", f"/v1/shared/pins/{made['id']}", who=who)
        assert "s3cret" not in shown.body.decode()


async def make_markdown(inside: Inside, text: str) -> str:
    body = {"pin_type": "markdown", "metadata": {"title": "x"}, "content": {"content": text}}
    made = await ask(inside, "POST", "/v1/pins", body)
    pin_id: str = made["id"]
    return pin_id
