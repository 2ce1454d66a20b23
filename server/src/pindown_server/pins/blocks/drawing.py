"""Blocks as they are shown: what each says once its variables are resolved."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from ...files.file import ID
from ..fitting import drop_at, print_at
from .block import Block, list_blocks
from .types import BLOCK_TYPES, TEXT_FIELDS

Render = Callable[[Any, dict[str, str], str], Any]
"""`(value, places, path)` → the value with its variables resolved; the path is for problems."""
Report = Callable[[str, str], None]
"""`(path, message)`: takes what did not fit its type any more, once it was resolved."""

PLAIN: Final = {kind: {"": kind} for kind in ("markdown", "code", "text")}


def as_written(value: Any, _places: dict[str, str], _path: str) -> Any:
    """Where nothing is drawn from datasets."""
    return value


def to_nobody(_path: str, _message: str) -> None:
    """Where nothing is drawn from datasets, nothing misfits."""


def draw_blocks(
    stored: str | None, render: Render = as_written, report: Report = to_nobody
) -> list[dict[str, Any]]:
    """A pin's blocks as everyone sees them: nothing of what is written that is not shown."""
    return [
        {
            "id": block.id,
            "name": render(block.name, PLAIN["text"], f"blocks/{block.id}/name"),
            "type": block.type,
            "order": order,
            "rendered": draw_block(block, render, report),
        }
        for order, block in enumerate(list_blocks(stored))
    ]


def draw_block(block: Block, render: Render = as_written, report: Report = to_nobody) -> Any:
    """What one block shows; of a conditional the chosen text, never the other."""
    path = f"blocks/{block.id}/content"
    content = msgspec.json.decode(block.content)
    if isinstance(content, str):
        return _draw_text(block.type, content, render, path)
    if block.type == "conditional":
        return _draw_conditional(content, render, path)
    shown = render(content, BLOCK_TYPES[block.type].places(), path)
    if shown is not content:
        shown = _fitted(block.type, shown, report, path)
    if block.type == "image":
        return with_address(shown)
    if block.type == "image-steps":
        return shown | {"steps": _steps(shown.get("steps"))}
    return shown


def _fitted(block_type: str, shown: dict[str, Any], report: Report, path: str) -> dict[str, Any]:
    """The same without what does not fit; a number where a text has to be becomes one."""
    text = msgspec.json.encode(shown)
    problems = BLOCK_TYPES[block_type].find_problems(text)
    if problems:
        shown = msgspec.json.decode(text)  # a copy: what is rendered holds the datasets' own lists
    for problem in problems:
        if problem.expected == "text" and print_at(shown, problem.field):
            continue
        drop_at(shown, problem.field)
        report(f"{path}/{problem.field}", problem.message)
    if block_type in TEXT_FIELDS:
        shown.setdefault(TEXT_FIELDS[block_type], "")
    return shown


def list_texts(stored: str | None) -> list[tuple[Any, dict[str, str]]]:
    """Everything in a pin's blocks that may hold variables, with its places."""
    texts: list[tuple[Any, dict[str, str]]] = []

    def note(value: Any, places: dict[str, str], _path: str) -> Any:
        texts.append((value, places))
        return value

    for block in list_blocks(stored):
        note(block.name, PLAIN["text"], "")
        draw_block(block, note)
        content = msgspec.json.decode(block.content)
        if block.type == "conditional" and isinstance(content, dict):
            note(content.get("then") or "", PLAIN["markdown"], "")  # only one of the two is drawn
    return texts


def with_address(picture: Any) -> Any:
    """A picture with an address that a browser can load, also where it is an uploaded file."""
    if isinstance(picture, str):
        picture = {"url": picture}
    if not isinstance(picture, dict):
        return picture
    shown = {name: value for name, value in picture.items() if name != "file_id"}
    file_id = picture.get("file_id")
    if not shown.get("url") and isinstance(file_id, str) and ID.fullmatch(file_id):
        shown["url"] = f"/v1/files/{file_id}"
    return shown


def _steps(steps: Any) -> list[Any]:
    """The steps that are some, each picture with an address."""
    return [
        step if step.get("image") is None else step | {"image": with_address(step["image"])}
        for step in steps or ()
        if isinstance(step, dict)
    ]


def _draw_text(block_type: str, text: str, render: Render, path: str) -> dict[str, Any]:
    """A plain text: what the type is made of, or Markdown."""
    field = TEXT_FIELDS.get(block_type, "text")
    if block_type == "mermaid":
        text = _without_fence(text)
    kind = "markdown" if field == "text" else "code"
    return {field: render(text, PLAIN[kind], path)}


def _draw_conditional(content: dict[str, Any], render: Render, path: str) -> dict[str, Any]:
    """The expression is asked by itself: a text that breaks it cannot bring the other one out."""
    asked = "{{#if " + _expression(content["when"]) + "}}1{{/if}}"
    name = "then" if render(asked, PLAIN["code"], f"{path}/when") == "1" else "else"
    return {"text": render(content.get(name) or "", PLAIN["markdown"], f"{path}/{name}")}


def _expression(when: str) -> str:
    """What is asked, without the braces that some write around it."""
    inner = when.strip()
    if inner.startswith("{{") and inner.endswith("}}"):
        inner = inner[2:-2].strip()
    # What has braces inside would be more than one tag, and could say whatever it likes.
    return "false" if "{{" in inner or "}}" in inner else inner.removeprefix("#if ")


def _without_fence(text: str) -> str:
    """A diagram's source that stands in a Markdown fence, as older clients send it."""
    lines = text.strip().splitlines()
    if len(lines) >= 2 and lines[0].startswith("```") and lines[-1].startswith("```"):
        return "\n".join(lines[1:-1])
    return text
