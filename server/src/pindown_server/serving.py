"""Runs the server: uvicorn with uvloop and httptools until it is told to end."""

import asyncio
import gc
import resource
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn
import uvloop

from .app import App, create_app
from .door.connection import Connection, keep_ending
from .settings import SettingError, Settings
from .storage import open_database

BACKLOG = 2048
MOST_FILES = 65_536  # open at once, where the system allows it
GRACE = 5  # s an unfinished request has when the server is told to end


def serve(
    settings: Settings,
    when_ready: Callable[[Settings], None],
    *,
    migrate: bool = True,
) -> None:
    """Serve until SIGTERM or SIGINT; `when_ready` gets the settings with the real port.

    Raises SettingError when the address or the store cannot be used.
    """
    _allow_files()
    listener = _listen(settings)
    settings = replace(settings, port=listener.getsockname()[1])
    uvloop.run(_serve(settings, listener, when_ready, migrate=migrate))


async def _serve(
    settings: Settings,
    listener: socket.socket,
    when_ready: Callable[[Settings], None],
    *,
    migrate: bool,
) -> None:
    database = await open_database(settings, migrate=migrate)
    app = create_app(settings, database)
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the door believes PINDOWN_TRUSTED_PROXIES and nobody else
        backlog=BACKLOG,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=75,
        lifespan="on",
    )
    # What is there now stays: the collector need not look through it for ever again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    server = _Server(config)
    server.app = app
    server.when_ready = lambda: when_ready(settings)
    await server.serve(sockets=[listener])


class _Server(uvicorn.Server):
    app: App
    when_ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.when_ready()

    async def main_loop(self) -> None:
        ending = asyncio.create_task(keep_ending(self.server_state.connections))
        try:
            await super().main_loop()
        finally:
            ending.cancel()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Open streams would hold the end up for the whole grace: they end first.
        await self.app.end_streams()
        await super().shutdown(sockets)


def _allow_files() -> None:
    """Every viewer is an open file: have as many as the system allows, not as many as is usual."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    if usual != resource.RLIM_INFINITY and usual < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise SettingError(
            f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}."
        ) from error
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener
