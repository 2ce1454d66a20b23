"""A real server in its own process and data folder."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO

PINDOWN = Path(sys.executable).with_name("pindown")
EMAIL = "ada@example.org"


def environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of somebody's own Pindown."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PINDOWN_")}
    return {**own, **more}


class RunningServer:
    """`pindown serve`, which can be stopped and started again at the same address."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = "0"
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and return when it says that it is ready."""
        log: IO[str] = (self.data.parent / f"{self.data.name}.log").open("a")
        self._process = subprocess.Popen(
            [PINDOWN, "serve", "--data", self.data, "--port", self.port],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.search(r"Pindown is at (http://\S+:(\d+))", line)
        assert found is not None, f"{line!r}; more in {log.name}: {Path(log.name).read_text()}"
        self.url, self.port = found.groups()

    def stop(self) -> None:
        """End it as an operator would."""
        assert self._process is not None
        self._process.terminate()
        self._process.communicate(timeout=30)

    def command(self, *words: str, stdin: str | None = None) -> str:
        """What `pindown …` prints, run beside the server."""
        done = subprocess.run(
            [PINDOWN, *words, "--data", self.data],
            env=environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def add_user(self, email: str, *options: str) -> None:
        """Make an account."""
        self.command("users", "add", email, "--password-stdin", *options, stdin="correct horse\n")

    def add_key(self, *scopes: str, email: str = EMAIL) -> str:
        """Make a key."""
        options = [word for scope in scopes for word in ("--scope", scope)]
        return self.command("keys", "add", "--user", email, "--name", "test", *options)
