"""Blocks as they are shown: what each says once its variables are resolved."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from .block import Block, list_blocks
from .types import BLOCK_TYPES, TEXT_FIELDS

Render = Callable[[Any, dict[str, str], str], Any]
"""`(value, places, path)` → the value with its variables resolved; the path is for problems."""

PLAIN: Final = {"markdown": {"": "markdown"}, "code": {"": "code"}}


def as_written(value: Any, _places: dict[str, str], _path: str) -> Any:
    """Where nothing is drawn from datasets."""
    return value


def draw_blocks(stored: str | None, render: Render = as_written) -> list[dict[str, Any]]:
    """A pin's blocks as everyone sees them: nothing of what is written that is not shown."""
    return [
        {
            "id": block.id,
            "name": block.name,
            "type": block.type,
            "order": order,
            "rendered": draw_block(block, render),
        }
        for order, block in enumerate(list_blocks(stored))
    ]


def draw_block(block: Block, render: Render = as_written) -> Any:
    """What one block shows; of a conditional the chosen text, never the other."""
    path = f"blocks/{block.id}/content"
    content = msgspec.json.decode(block.content)
    if isinstance(content, str):
        return _draw_text(block.type, content, render, path)
    if block.type == "conditional":
        return _draw_conditional(content, render, path)
    shown = render(content, BLOCK_TYPES[block.type].places(), path)
    if block.type == "image":
        return with_address(shown)
    if block.type == "image-steps" and isinstance(shown, dict):
        return shown | {"steps": _steps(shown.get("steps"))}
    return shown


def list_texts(stored: str | None) -> list[tuple[Any, dict[str, str]]]:
    """Everything in a pin's blocks that may hold variables, with its places."""
    texts: list[tuple[Any, dict[str, str]]] = []

    def note(value: Any, places: dict[str, str], _path: str) -> Any:
        texts.append((value, places))
        return value

    for block in list_blocks(stored):
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
    if not shown.get("url") and isinstance(file_id, str):
        shown["url"] = f"/v1/files/{file_id}"
    return shown


def _steps(steps: Any) -> list[Any]:
    return [_step(step) for step in steps] if isinstance(steps, list) else []


def _step(step: Any) -> Any:
    if not isinstance(step, dict) or step.get("image") is None:
        return step
    return step | {"image": with_address(step["image"])}


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
    return inner.removeprefix("#if ")


def _without_fence(text: str) -> str:
    """A diagram's source that stands in a Markdown fence, as older clients send it."""
    lines = text.strip().splitlines()
    if len(lines) >= 2 and lines[0].startswith("```") and lines[-1].startswith("```"):
        return "\n".join(lines[1:-1])
    return text
