"""A server whose life ends by SIGKILL: between the commit of a change and its answer, or whenever.

Run as a program it has imported everything, and forks a life for each line that it reads: so
there can be hundreds of them. The address is listened on from outside, so that callers wait
where the next server will be.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import uvicorn
import uvicorn.lifespan.on
import uvicorn.protocols.http.httptools_impl
import uvloop
from pindown_server.app import create_app
from pindown_server.settings import Settings
from pindown_server.storage import open_database, postgres, sqlite

ENGINES = (sqlite, postgres)  # imported before the first life, not in each


class Mortal:
    """Passes calls on until so many changes were committed: the last one's answer never leaves."""

    def __init__(self, app: Any, changes: int) -> None:
        self.app = app
        self.left = changes

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def answer(message: Any) -> None:
            # The door answers when the change is committed, and not before.
            if message["type"] == "http.response.start" and is_new_change(scope, message):
                self.left -= 1
                if self.left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            await send(message)

        await self.app(scope, receive, answer)


def is_new_change(scope: Any, message: Any) -> bool:
    """Whether this is the first answer to a change that was made."""
    is_change = scope["method"] != "GET" and message["status"] < 300
    return is_change and not any(name == b"idempotency-replayed" for name, _ in message["headers"])


class Lives:
    """One address, and one server after the other behind it."""

    def __init__(self, data: Path, database_url: str) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        number = self._listener.fileno()
        self._mother = subprocess.Popen(
            [sys.executable, __file__, str(number), str(data), database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[number],
        )

    def begin(self, changes: int = 0) -> int:
        """Another life, that is killed after so many changes, or from outside; its number."""
        return int(self._ask(changes))

    def wait_for_the_kill(self) -> None:
        """Until the life is over, by the kill and by nothing else."""
        assert self._ask("wait") == str(-signal.SIGKILL)

    def kill(self, life: int) -> None:
        """End a life at once."""
        os.kill(life, signal.SIGKILL)

    def end(self, life: int) -> None:
        """End a life in order."""
        os.kill(life, signal.SIGTERM)
        self._ask("wait")

    def close(self) -> None:
        """Listen no more."""
        self._mother.communicate()
        self._listener.close()

    def _ask(self, what: object) -> str:
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.write(f"{what}\n")
        self._mother.stdin.flush()
        return self._mother.stdout.readline().strip()


def give_birth(listener: socket.socket, settings: Settings) -> None:
    """Fork a life for each number of changes that is read, and wait for its end when asked."""
    life = 0
    for line in sys.stdin:
        if line == "wait\n":
            said = os.waitstatus_to_exitcode(os.waitpid(life, 0)[1])
        else:
            life = said = os.fork()
            if life == 0:
                uvloop.run(live(listener, settings, int(line)))
                os._exit(0)
        print(said, flush=True)  # noqa: T201  a program


async def live(listener: socket.socket, settings: Settings, changes: int) -> None:
    """Serve until so many changes were made; 0: until SIGTERM."""
    app = Mortal(create_app(settings, await open_database(settings)), changes)
    config = uvicorn.Config(
        app, http="httptools", ws="none", log_level="warning", access_log=False, lifespan="on"
    )
    await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    give_birth(
        socket.socket(fileno=int(sys.argv[1])),
        Settings(data=Path(sys.argv[2]), database=sys.argv[3]),
    )
