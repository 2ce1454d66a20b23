"""Uploaded files: /v1/files, and who may read them."""

import json
from pathlib import Path
from typing import Any

import pytest
from inside import Inside
from pindown_server.files import actions
from scene import ask, bring_key, give_role, make_board, make_pin, nothing_happens, place
from sending import PNG, body_of, part, send, send_in_pieces, upload


def _image(file_id: str) -> dict[str, Any]:
    return {"pin_type": "image", "content": {"fileId": file_id}, "metadata": {"title": "Camera"}}


async def _show(inside: Inside, file_id: str, who: str = "ada", **flags: Any) -> str:
    """A pin of somebody's that shows a file."""
    pin_id: str = (await ask(inside, "POST", "/v1/pins", _image(file_id) | flags, who))["id"]
    return pin_id


async def _readers(inside: Inside, file_id: str) -> set[str | None]:
    """Who of all may read the file."""
    readers = set()
    for who in ("ada", "ben", "cleo", "dan", None):
        answer = await inside.call("GET", f"/v1/files/{file_id}", who=who)
        assert answer.status in (200, 404)
        if answer.status == 200:
            readers.add(who)
        else:
            assert answer.code == "NOT_FOUND"
    return readers


def _on_disk(inside: Inside) -> list[Path]:
    folder = inside.app.parts.settings.file_folder
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_file_comes_back_as_it_was_sent(inside: Inside) -> None:
    answer = await send(inside, body_of(part(PNG, filename="rack 3.png", kind="text/html")))
    assert answer.status == 201
    made = answer.data
    assert made["id"].startswith("f-")
    assert (made["name"], made["type"], made["size"]) == ("rack 3.png", "image/png", len(PNG))
    assert made["url"] == f"/v1/files/{made['id']}"
    got = await inside.call("GET", made["url"])
    assert (got.status, got.body) == (200, PNG)
    assert got.headers["content-type"] == "image/png"
    assert got.headers["content-length"] == str(len(PNG))
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert got.headers["content-disposition"].startswith('inline; filename="rack 3.png"')
    again = await inside.call("GET", made["url"], headers={"if-none-match": got.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    (kept,) = _on_disk(inside)
    assert kept.name == made["id"]
    assert kept.stat().st_mode & 0o077 == 0


async def test_a_file_may_arrive_in_any_pieces(inside: Inside) -> None:
    content = bytes(range(256)) * 3_000
    body = body_of(part(b"Chart", "name", None), part(content, filename="x.bin"))
    for size in (len(body), 65_536, 997):
        pieces = [body[start : start + size] for start in range(0, len(body), size)]
        status, answer = await send_in_pieces(inside, pieces)
        assert status == 201
        assert answer["data"]["name"] == "Chart"
        got = await inside.call("GET", answer["data"]["url"])
        assert got.body == content


async def test_only_its_uploader_reads_a_file_that_no_pin_shows(inside: Inside) -> None:
    file_id = await upload(inside)
    assert await _readers(inside, file_id) == {"ada"}
    await make_pin(inside, is_public=True, description=f"about {file_id}")
    assert await _readers(inside, file_id) == {"ada"}


async def test_who_sees_a_pin_that_shows_it_reads_the_file(inside: Inside) -> None:
    file_id = await upload(inside)
    pin = await _show(inside, file_id)
    assert await _readers(inside, file_id) == {"ada"}
    await give_role(inside, "pins", pin, "cleo", "viewer")
    assert await _readers(inside, file_id) == {"ada", "cleo"}
    board = await make_board(inside)
    await place(inside, board, pin)
    await give_role(inside, "pinboards", board, "ben", "viewer")
    assert await _readers(inside, file_id) == {"ada", "ben", "cleo"}
    share = f"/v1/pins/{pin}/share"
    await ask(inside, "POST", share, {"is_public": True, "require_sign_in": True})
    assert await _readers(inside, file_id) == {"ada", "ben", "cleo", "dan"}
    await ask(inside, "POST", share, {"require_sign_in": False})
    assert await _readers(inside, file_id) == {"ada", "ben", "cleo", "dan", None}
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"content": {"url": "/demo/a.svg"}})
    assert await _readers(inside, file_id) == {"ada"}
    await ask(inside, "POST", f"/v1/pins/{pin}/revisions/1/restore")
    assert None in await _readers(inside, file_id)
    await ask(inside, "DELETE", f"/v1/pins/{pin}")
    assert await _readers(inside, file_id) == {"ada"}


async def test_a_block_shows_a_file(inside: Inside) -> None:
    file_id = await upload(inside)
    pin = await make_pin(inside, is_public=True)
    step = {"title": "Look", "image": {"file_id": file_id}}
    for body in (
        {"type": "image", "content": {"file_id": file_id}},
        {"type": "image-steps", "content": {"steps": [step]}},
    ):
        block = await ask(inside, "POST", f"/v1/pins/{pin}/blocks", body)
        assert f"/v1/files/{file_id}" in repr(block["rendered"])
        assert None in await _readers(inside, file_id)
        await ask(inside, "DELETE", f"/v1/pins/{pin}/blocks/{block['id']}")
        assert await _readers(inside, file_id) == {"ada"}


async def test_naming_a_strangers_file_opens_nothing(inside: Inside) -> None:
    file_id = await upload(inside)
    pin = await _show(inside, file_id, "dan", is_public=True)
    block = {"type": "image", "content": {"file_id": file_id}}
    await ask(inside, "POST", f"/v1/pins/{pin}/blocks", block, "dan")
    assert await _readers(inside, file_id) == {"ada"}
    # Nor does it open when its owner changes something else there and sends everything back.
    await give_role(inside, "pins", pin, "ada", "editor", "dan")
    shown = await ask(inside, "GET", f"/v1/pins/{pin}")
    shown["metadata"]["title"] = "Ours"
    shown["content"]["alt"] = "Mill"
    shown["metadata"]["pin_config"] = shown["pin_config"] = shown["content"]
    await ask(inside, "PUT", f"/v1/pins/{pin}", shown)
    assert await _readers(inside, file_id) == {"ada"}
    # Whoever takes it out and writes it there means it.
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"content": {"url": "/x.png"}})
    for item in (await ask(inside, "GET", f"/v1/pins/{pin}/blocks"))["items"]:
        await ask(inside, "DELETE", f"/v1/pins/{pin}/blocks/{item['id']}")
    await ask(inside, "PUT", f"/v1/pins/{pin}", {"content": {"fileId": file_id}})
    assert None in await _readers(inside, file_id)


async def test_who_reads_a_file_may_show_it_elsewhere(inside: Inside) -> None:
    file_id = await upload(inside)
    pin = await _show(inside, file_id)
    await give_role(inside, "pins", pin, "cleo", "viewer")
    await _show(inside, file_id, "cleo", is_public=True)
    assert None in await _readers(inside, file_id)


@pytest.mark.parametrize(
    "content",
    [
        {"pin_type": "image", "content": {"url": "{url}"}},
        {"pin_type": "markdown", "content": "Look: ![the mill]({url})"},
        {"pin_type": "markdown", "content": {"content": "[plan]({url}) and more"}},
    ],
)
async def test_an_address_shows_a_file_as_its_id_does(inside: Inside, content: Any) -> None:
    file_id = await upload(inside)
    for who, sees in (("dan", {"ada"}), ("ada", {"ada", "ben", "cleo", "dan", None})):
        body = json.loads(json.dumps(content).replace("{url}", f"/v1/files/{file_id}"))
        body |= {"metadata": {"title": "Mill"}, "is_public": True}
        await ask(inside, "POST", "/v1/pins", body, who)
        assert await _readers(inside, file_id) == sees


async def test_a_push_address_opens_no_file_of_its_owners(inside: Inside) -> None:
    file_id = await upload(inside)
    pin = await _show(inside, await upload(inside), is_public=True)
    address = await ask(inside, "POST", f"/v1/pins/{pin}/push-addresses")
    path = address["url"][address["url"].index("/v1/") :]
    pushed = await inside.call("POST", path, {"pin_config": {"fileId": file_id}}, None)
    assert pushed.status == 200
    assert (await ask(inside, "GET", f"/v1/pins/{pin}"))["content"] == {"fileId": file_id}
    assert await _readers(inside, file_id) == {"ada"}


@pytest.mark.parametrize(
    "config",
    [
        {"alt": "{file}", "url": "/x.png"},
        {"url": "/x.png", "own": {"text": '\\"fileId\\": \\"{file}\\"'}},
        {"url": "/x.png", "fileid": "{file}"},
        {"fileId": "{{files.first}}", "alt": "{file}"},
        {"url": "/v1/files/{{files.first}}", "alt": "{file}"},
        {"url": "/v1/files/{file}0"},
    ],
)
async def test_only_what_is_written_as_a_file_counts(inside: Inside, config: Any) -> None:
    file_id = await upload(inside)
    written = {
        name: value.replace("{file}", file_id) if isinstance(value, str) else value
        for name, value in config.items()
    }
    body = {"pin_type": "image", "content": written, "metadata": {"title": "Camera"}}
    await ask(inside, "POST", "/v1/pins", {**body, "is_public": True})
    assert await _readers(inside, file_id) == {"ada"}


async def test_keys_read_files_with_the_scope_of_pins(inside: Inside) -> None:
    file_id, public = await upload(inside), await upload(inside)
    pin = await _show(inside, public, is_public=True)
    for scopes, resources, sees in (
        (("pins:read",), None, {file_id, public}),
        (("datasets:read",), None, {public}),
        (("*",), [pin], {public}),
        (("*",), [await make_pin(inside)], set()),
    ):
        key = await bring_key(inside, "ada", *scopes, resources=resources)
        for wanted in (file_id, public):
            answer = await inside.call("GET", f"/v1/files/{wanted}", who=key)
            assert answer.status == (200 if wanted in sees else 404)


async def test_who_may_not_upload_leaves_nothing(inside: Inside) -> None:
    body = body_of(part(PNG))
    reader = await bring_key(inside, "ada", "pins:read")
    narrow = await bring_key(inside, "ada", "*", resources=[await make_pin(inside)])
    async with nothing_happens(inside):
        for who, status in ((None, 401), (reader, 403), (narrow, 403)):
            assert (await send(inside, body, who)).status == status
    assert _on_disk(inside) == []


async def test_an_account_has_so_many_files(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    first = await upload(inside)
    async with nothing_happens(inside):
        refused = await send(inside, body_of(part(b"one more")))
    assert (refused.status, refused.code) == (409, "CONFLICT")
    assert [path.name for path in _on_disk(inside)] == [first]
    await upload(inside, who="dan")  # everybody counts for themselves
    await ask(inside, "DELETE", f"/v1/files/{first}")
    await upload(inside)


async def test_people_list_and_delete_their_own(inside: Inside) -> None:
    first, second = await upload(inside), await upload(inside, b"text", "b.txt")
    await upload(inside, who="dan")
    page = await ask(inside, "GET", "/v1/files")
    assert {item["id"] for item in page["items"]} == {first, second}
    assert (page["total"], page["size"]) == (2, len(PNG) + 4)
    await _show(inside, first, is_public=True)
    async with nothing_happens(inside):
        for wanted, status in ((first, 403), (second, 404)):
            answer = await inside.call("DELETE", f"/v1/files/{wanted}", who="dan")
            assert answer.status == status
    await ask(inside, "DELETE", f"/v1/files/{first}")
    assert await _readers(inside, first) == set()
    assert first not in {path.name for path in _on_disk(inside)}
    assert (await ask(inside, "GET", "/v1/files"))["total"] == 1


async def test_an_upload_is_made_once_however_often_it_is_sent(inside: Inside) -> None:
    body = body_of(part(PNG))
    named = {"idempotency-key": "upload-1"}
    first = await send(inside, body, headers=named)
    # Clients choose another boundary each time.
    other = body.replace(b"-----------harbour", b"-----------seaside")
    kind = {"content-type": "multipart/form-data; boundary=-----------seaside"}
    again = await send(inside, other, headers=named | kind)
    assert (again.status, again.data) == (201, first.data)
    assert again.headers["idempotency-replayed"] == "true"
    different = await send(inside, body_of(part(PNG + b"!")), headers=named)
    assert (different.status, different.code) == (409, "IDEMPOTENCY_CONFLICT")
    assert len(_on_disk(inside)) == 1
