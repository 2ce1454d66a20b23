"""`pindown demo`: a server with something on it."""

import asyncio
import contextlib
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer

from ..keys import actions as keys
from ..people import actions as people
from ..people import store as people_store
from ..people.password import hash_password
from ..serving import serve
from ..settings import SettingError, Settings, read_settings
from ..storage import open_database
from .keepsake import EMAIL, Keepsake, find_keepsake
from .pusher import Pusher


def run_demo(data: Path | None, port: int | None) -> None:
    """Serve the demo until it is told to end; raises SettingError if it cannot."""
    with _folder(data) as folder:
        settings = read_settings(data=folder, port=_port(port), database="", bus="", public_url="")
        keepsake = asyncio.run(_prepare(settings))
        pushers: list[Pusher] = []

        def begin(ready: Settings) -> None:
            typer.echo(f"Pindown is at {ready.address}")
            typer.echo(f"Sign in as {EMAIL} with the password {keepsake.password}")
            typer.echo(f"An API key to play with: {keepsake.key}")
            pushers.append(Pusher(ready.address, keepsake))
            pushers[0].start()

        try:
            serve(settings, begin)
        finally:
            for pusher in pushers:
                pusher.end()


@contextlib.contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="pindown-demo-") as made:
        yield Path(made)


def _port(given: int | None) -> int | None:
    """The port asked for; else the usual one, or any if that is taken."""
    if given is not None or "PINDOWN_PORT" in os.environ:
        return given
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", Settings.port))
        except OSError:
            return 0
    return None


async def _prepare(settings: Settings) -> Keepsake:
    """An account and a key, made the first time."""
    database = await open_database(settings)
    try:
        keepsake = find_keepsake(settings.data)
        if keepsake is not None:
            return keepsake
        password = secrets.token_urlsafe(9)
        hashed = await hash_password(password)
        async with database.transaction() as tx:
            if await people_store.has_accounts(tx):
                raise SettingError(
                    f"{settings.data} is not a demo's folder: give it one of its own."
                )
            account = await people.issue_account(
                tx, EMAIL, "Demo", hashed, "self-hosted", is_admin=True
            )
            wanted = keys.KeyChanges(name="Demo", scopes=("*",))
            made = await keys.issue_key(tx, account.id, wanted)
        keepsake = Keepsake(str(settings.data), password, made.secret)
        keepsake.save()
        return keepsake
    finally:
        await database.close()
