"""Files as clients send them: multipart bodies, whole or in pieces."""

import json
from typing import Any

from inside import Answer, Inside

BOUNDARY = "-----------harbour"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def part(
    content: bytes, name: str = "file", filename: str | None = "a.png", kind: str = ""
) -> bytes:
    """One part of a multipart body."""
    head = f'Content-Disposition: form-data; name="{name}"'
    if filename is not None:
        head += f'; filename="{filename}"'
    if kind:
        head += f"\r\nContent-Type: {kind}"
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n"


def body_of(*parts: bytes) -> bytes:
    """A whole body."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


async def send(
    inside: Inside, body: bytes, who: str | None = "ada", headers: dict[str, str] | None = None
) -> Answer:
    """Upload a body."""
    given = {"content-type": f"multipart/form-data; boundary={BOUNDARY}", **(headers or {})}
    return await inside.call("POST", "/v1/files", body, who, given)


async def upload(
    inside: Inside, content: bytes = PNG, filename: str = "a.png", who: str = "ada"
) -> str:
    """A file, and its id."""
    answer = await send(inside, body_of(part(content, filename=filename)), who)
    assert answer.status == 201, answer.body
    file_id: str = answer.data["id"]
    return file_id


async def send_in_pieces(inside: Inside, pieces: list[bytes], *, ends: bool = True) -> Any:
    """Upload a body as it may arrive; what is answered, or None if the client goes first."""
    scope = inside.scope(
        "POST", "/v1/files", "ada", {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    )
    messages = [
        {"type": "http.request", "body": piece, "more_body": not ends or number < len(pieces) - 1}
        for number, piece in enumerate(pieces)
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def keep(message: Any) -> None:
        sent.append(message)

    await inside.app(scope, receive, keep)
    return sent[0]["status"], json.loads(sent[1]["body"])
