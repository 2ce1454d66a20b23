"""Uploads that mean harm: refused with a reason, or kept as bytes that can do nothing."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from inside import Inside, running
from pindown_server.files.sweeping import sweep
from scene import ask, nothing_happens
from sending import BOUNDARY, PNG, body_of, part, send, send_in_pieces, upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _bomb() -> bytes:
    """A zip of some KiB that unpacks to 64 MiB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/cron.d/job", b"\0" * (64 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (SVG, "logo.svg", "text/plain; charset=utf-8"),
        (SVG, "logo.png", "text/plain; charset=utf-8"),
        (b"<!doctype html><script>alert(1)</script>", "a.html", "text/plain; charset=utf-8"),
        (b"alert(1)", "a.js", "text/plain; charset=utf-8"),
        (_bomb(), "bomb.zip", "application/zip"),
        (b"PK\x05\x06" + b"\0" * 18, "sheet.xlsx", "application/zip"),
        (b"%PDF-1.7\n<script>", "a.pdf", "application/pdf"),
        (b"MZ\x90\0", "a.exe", "application/octet-stream"),
        (b"\xef\xbb\xbf<html>", "a.png", "text/plain; charset=utf-8"),
        ("é".encode()[:1] + b"\xff\xfe", "a.txt", "application/octet-stream"),
        (b"", "empty.png", "text/plain; charset=utf-8"),
    ],
)
async def test_what_is_no_picture_is_only_ever_saved(
    inside: Inside, content: bytes, name: str, kind: str
) -> None:
    file_id = await upload(inside, content, name)
    got = await inside.call("GET", f"/v1/files/{file_id}")
    assert (got.headers["content-type"], got.body) == (kind, content)
    assert got.headers["content-disposition"].startswith("attachment; ")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"GIF89a/*<script>alert(1)</script>*/=1", "image/gif"),
        (PNG + b"<html><script>alert(1)</script>", "image/png"),
        (b"\xff\xd8\xff\xe0<?php ?>", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "image/avif"),
    ],
)
async def test_a_picture_that_is_something_else_too_is_a_picture(
    inside: Inside, content: bytes, kind: str
) -> None:
    file_id = await upload(inside, content, "page.html")
    got = await inside.call("GET", f"/v1/files/{file_id}")
    assert got.headers["content-type"] == kind
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..", "file"),
        ("C:\\Windows\\a.txt", "a.txt"),
        ("/etc/shadow", "shadow"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("Übersicht.png", "Übersicht.png"),
        ("x" * 500, "x" * 200),
        ("", "file"),
    ],
)
async def test_a_name_is_a_name(inside: Inside, given: str, kept: str) -> None:
    name = part(given.encode(), "name", None)
    answer = await send(inside, body_of(name, part(PNG, filename=given or "/")))
    assert answer.data["name"] == kept
    got = await inside.call("GET", answer.data["url"])
    header = got.headers["content-disposition"]
    assert header.isascii()
    assert not set("\r\n/\\") & set(header)
    assert header.count('"') == 2


async def test_a_name_cannot_add_headers(inside: Inside) -> None:
    name = part(b'a"\r\nSet-Cookie: x=y\r\n\r\n<b>.png', "name", None)
    answer = await send(inside, body_of(name, part(PNG)))
    got = await inside.call("GET", answer.data["url"])
    assert "set-cookie" not in got.headers
    assert got.headers["content-disposition"].count('"') == 2


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"file": 1}', "application/json", 415),
        (PNG, "image/png", 415),
        (PNG, "", 415),
        (body_of(part(PNG)), "multipart/form-data", 415),
        (body_of(part(PNG)), "multipart/mixed; boundary=" + BOUNDARY, 415),
        (body_of(part(PNG)), "multipart/form-data; boundary=other", 400),
        (b"", f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(part(PNG, filename=None)), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(part(PNG, "other")), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(part(PNG), part(PNG)), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(part(PNG), part(b"x" * 2000, "name", None)), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(*(part(b"x", f"n{i}", None) for i in range(20)), part(PNG)), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(part(PNG, filename="x" * 100_000)), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(part(PNG))[:-30], f"multipart/form-data; boundary={BOUNDARY}", 400),
        (b"preamble " * 1000 + body_of(part(PNG)), f"multipart/form-data; boundary={BOUNDARY}", 400),
        (body_of(part(b"\xff", "name", None), part(PNG)), f"multipart/form-data; boundary={BOUNDARY}", 400),
    ],
)  # fmt: skip
async def test_what_is_no_upload_is_refused_and_leaves_nothing(
    inside: Inside, body: bytes, kind: str, status: int
) -> None:
    async with nothing_happens(inside):
        answer = await send(inside, body, headers={"content-type": kind})
    assert answer.status == status
    assert answer.code in ("UNSUPPORTED_MEDIA_TYPE", "VALIDATION_FAILED")
    assert _left(inside) == []


async def test_too_large_is_refused_as_early_as_it_shows(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url, file_limit=10_000) as inside:
        async with nothing_happens(inside):
            answer = await send(inside, body_of(part(b"x" * 10_001)))
            assert (answer.status, answer.code) == (413, "PAYLOAD_TOO_LARGE")
            early = await send(inside, b"", headers={"content-length": "9999999"})
            assert early.status == 413
            endless = [part(b"")[:-2]] + [b"x" * 10_000] * 10
            assert (await send_in_pieces(inside, endless))[0] == 413
        assert _left(inside) == []
        assert (await send(inside, body_of(part(b"x" * 10_000)))).status == 201


@pytest.mark.parametrize("in_the_way", ["", "incoming"])
async def test_a_disk_that_takes_nothing_is_told(inside: Inside, in_the_way: str) -> None:
    folder = inside.app.parts.settings.file_folder
    if in_the_way:
        folder.mkdir()
    (folder / in_the_way).write_bytes(b"")
    async with nothing_happens(inside):
        answer = await send(inside, body_of(part(PNG)))
    assert (answer.status, answer.code) == (503, "UNAVAILABLE")
    assert answer.headers["retry-after"]


async def test_a_client_that_goes_away_leaves_nothing(inside: Inside) -> None:
    async with nothing_happens(inside):
        status, _ = await send_in_pieces(inside, [body_of(part(PNG))[:80]], ends=False)
    assert status == 400
    assert _left(inside) == []


async def test_nobody_fills_the_disk(tmp_path: Path, database_url: str) -> None:
    limits = {"file_limit": 100_000, "file_total": 100_000}
    async with running(tmp_path, database_url, **limits) as inside:
        await upload(inside, b"x" * 60_000)
        async with nothing_happens(inside):
            answer = await send(inside, body_of(part(b"x" * 60_000)))
        assert (answer.status, answer.code) == (413, "PAYLOAD_TOO_LARGE")
        assert len(_left(inside)) == 1
        await upload(inside, b"x" * 60_000, who="dan")


async def test_what_belongs_to_nothing_is_swept_up(inside: Inside) -> None:
    kept = await upload(inside)
    folder = inside.app.parts.settings.file_folder
    orphan, young, broken = (
        folder / "zz" / "f-zzzzzzzzzzzz",
        folder / "zz" / "f-yyyyyyyyyyyy",
        folder / "incoming" / "0123",
    )
    orphan.parent.mkdir()
    for path in (orphan, young, broken):
        path.write_bytes(b"x")
    (known,) = folder.rglob(kept)
    for path in (orphan, broken, known):
        os.utime(path, (1, 1))
    await sweep(inside.app.parts.database, folder)
    assert sorted(path.name for path in _left(inside)) == sorted([kept, young.name])
    assert (await inside.call("GET", f"/v1/files/{kept}")).status == 200


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e", "f-../../etc", "f-0a1b2c3d4e5f%00", "incoming", "F-0A1B2C3D4E5F"]
)
async def test_only_ids_lead_to_files(inside: Inside, name: str) -> None:
    for method in ("GET", "DELETE"):
        answer = await inside.call(method, f"/v1/files/{name}")
        assert (answer.status, answer.code) == (404, "NOT_FOUND")


async def test_bytes_that_are_gone_are_not_found(inside: Inside) -> None:
    file_id = await upload(inside)
    (path,) = _left(inside)
    path.unlink()
    assert (await inside.call("GET", f"/v1/files/{file_id}")).status == 404
    await ask(inside, "DELETE", f"/v1/files/{file_id}")


def _left(inside: Inside) -> list[Path]:
    folder = inside.app.parts.settings.file_folder
    return [path for path in folder.rglob("*") if path.is_file()]
