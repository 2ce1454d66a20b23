"""The real server as its own process, as a user starts it."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

PATIENCE = 30.0  # s a server has to start or to end
PINDOWN = Path(sys.executable).with_name("pindown")


class RunningServer:
    """`pindown serve` on a free port; started again, it keeps its folder and its port."""

    def __init__(self, data: Path, database_url: str = "", **settings: str) -> None:
        self._data = data
        self._settings = settings
        self._database_url = database_url
        self._process: subprocess.Popen[str] | None = None
        self.port = 0
        self.address = ""
        self.lines: list[str] = []

    def start(self) -> None:
        """Start, or start again after the end; returns when it answers."""
        arguments = ["serve", "--data", str(self._data), "--port", str(self.port)]
        self._process = subprocess.Popen(
            [PINDOWN, *arguments], env=self.environment(), stdout=subprocess.PIPE, text=True
        )
        self.lines = []
        self.address = self._read_until("Pindown is at ").split("Pindown is at ")[1].split()[0]
        self.port = int(self.address.rsplit(":", 1)[1])

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it in order; its exit status."""
        return self._end(signal.SIGTERM)

    def command(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run another command of ours on the same store."""
        given = [str(PINDOWN), *arguments, "--data", str(self._data)]
        return subprocess.run(
            given, env=self.environment(), input=text, capture_output=True, text=True, check=False
        )

    def add_key(self, email: str, *scopes: str) -> str:
        """An account, if there is none yet, and a key for it."""
        self.command("users", "add", email, "--password-stdin", text="correct horse battery\n")
        wanted = [part for scope in scopes for part in ("--scope", scope)]
        made = self.command("keys", "add", "--user", email, "--name", "test", *wanted)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def environment(self) -> dict[str, str]:
        """The environment of the test without settings of its own."""
        own = {k: v for k, v in os.environ.items() if not k.startswith("PINDOWN_")}
        own.pop("PYTHONDONTWRITEBYTECODE", None)  # a server that starts a hundred times
        if self._database_url:
            own["PINDOWN_DATABASE"] = self._database_url
        return {**own, **self._settings}

    def _read_until(self, text: str) -> str:
        assert self._process is not None and self._process.stdout is not None
        while True:
            ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE)
            line = self._process.stdout.readline() if ready else ""
            if not line:
                raise AssertionError(f"the server did not say {text!r}: {self.lines}")
            self.lines.append(line)
            if text in line:
                return line

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.send_signal(how)
        assert process.stdout is not None
        process.stdout.close()
        return process.wait(PATIENCE)
