"""Every call about blocks and comments, waiting and awaited, against a real server."""

from typing import Any

import pytest
from pindown import NotFound


def test_blocks_from_the_first_to_the_last(pindown: Any, pin: str) -> None:
    first = pindown.pins.blocks.create(pin, type="markdown", content={"text": "# Why"})
    second = pindown.pins.blocks.create(
        pin, {"type": "code"}, content={"code": "1", "language": "py"}
    )
    assert pindown.pins.blocks.get(pin, first["id"])["content"] == {"text": "# Why"}
    pindown.pins.blocks.update(pin, first["id"], content={"text": "# How"})
    pindown.pins.blocks.patch(pin, second["id"], {"content": {"code": "2"}})
    pindown.pins.blocks.patch(
        pin, second["id"], [{"op": "replace", "path": "/name", "value": "Sum"}]
    )
    pindown.pins.blocks.reorder(pin, [second["id"], first["id"]])
    shown = pindown.pins.blocks.list(pin)["items"]
    assert [block["id"] for block in shown] == [second["id"], first["id"]]
    assert shown[0]["content"] == {"code": "2", "language": "py"}
    assert shown[0]["name"] == "Sum"
    assert shown[1]["rendered"] == {"text": "# How"}
    pindown.pins.blocks.delete(pin, first["id"])
    with pytest.raises(NotFound):
        pindown.pins.blocks.get(pin, first["id"])
    assert len(pindown.pins.get(pin)["blocks"]) == 1


def test_comments_where_they_are_allowed(pindown: Any, pin: str) -> None:
    board = pindown.pinboards.create(title="Talk", allow_comments=True)["id"]
    pindown.pins.share(pin, allow_comments=True)
    for group, thing in ((pindown.pins, pin), (pindown.pinboards, board)):
        said = group.comments.create(thing, "Why so *high*?")
        changed = group.comments.update(thing, said["id"], "Why so low?")
        assert changed["text"] == "Why so low?"
        assert group.comments.list(thing, limit=5)["items"][0]["author"]["name"] == "Ada"
        group.comments.delete(thing, said["id"])
        assert group.comments.list(thing)["items"] == []
