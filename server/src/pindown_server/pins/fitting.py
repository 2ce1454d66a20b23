"""What became of a config or a block when its variables were resolved, made to fit its type."""

from typing import Any

from ..templates.printing import printed


def print_at(value: Any, path: str) -> bool:
    """Put a value's text in its place, if there is something short to say."""
    holder, last = _find(value, path)
    found = _within(holder, last)
    if isinstance(found, dict | list | str):
        return False
    if isinstance(holder, dict):
        holder[str(last)] = printed(found)
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last] = printed(found)
    else:
        return False
    return True


def drop_at(value: Any, path: str) -> None:
    """Take a value away; in a list null is left, so that the others keep their places."""
    holder, last = _find(value, path)
    if isinstance(holder, dict):
        holder.pop(str(last), None)
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last] = None


def _find(value: Any, path: str) -> tuple[Any, str | int]:
    """What holds the value at a path, and under which key."""
    *steps, last = [
        int(step) if step.isdigit() else step.replace("~1", "/").replace("~0", "~")
        for step in path.split("/")
    ]
    for step in steps:
        value = _within(value, step)
    return value, last


def _within(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(step))
    return value[step] if isinstance(value, list) and isinstance(step, int) else None
