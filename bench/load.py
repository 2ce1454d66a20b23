"""The load as a process of its own: compiled once, pinned to its core, told what to do."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import machine

SOURCES = Path(__file__).parent / "load"
NUMBER = "########"  # in a pushed value: the load writes the number of the push over it
MARK = f"@@{NUMBER},{'#' * 19}@@"  # number and time: what viewers look for in their streams


class CannotMeasure(Exception):
    """Something the benchmarks need is missing, or what was measured did not work."""


def compiled(folder: Path) -> Path:
    """The load's program, made by the machine's C compiler."""
    compiler = which("cc") or which("gcc") or which("clang")
    if compiler is None:
        raise CannotMeasure("The benchmarks' load is written in C: install a compiler (gcc).")
    program = folder / "load"
    sources = sorted(map(str, SOURCES.glob("*.c")))
    subprocess.run([compiler, "-std=gnu11", "-O2", "-o", str(program), *sources], check=True)
    return program


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A whole request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Load:
    """A running load. Its answers are described in load/main.c."""

    def __init__(self, process: subprocess.Popen[str], connected_in: float) -> None:
        self._process = process
        self.connected_in = connected_in

    def tell(self, command: str, first: float, second: float) -> dict[str, Any]:
        """Let it do one thing to the end."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command} {first} {second}\n")
        self._process.stdin.flush()
        return _read_line(self._process)


@contextmanager
def running(
    program: Path,
    folder: Path,
    port: int,
    *,
    pushes: Sequence[bytes],
    connections: int = 1,
    viewers: int = 0,
    watch: bytes = b"",
) -> Iterator[Load]:
    """A load whose viewers are all connected."""
    files = [folder / f"push-{index}.http" for index in range(len(pushes))]
    for file, text in zip(files, pushes, strict=True):
        file.write_bytes(text)
    stream = folder / "watch.http"
    stream.write_bytes(watch)
    arguments = [program, port, viewers, stream, connections, *files]
    process = machine.start(
        machine.LOAD_CORE,
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Load(process, _read_line(process)["connect_s"])
    finally:
        process.kill()
        process.communicate()


def _read_line(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline()
    if not line:
        raise CannotMeasure(f"The load stopped: {process.stderr.read().strip()}")
    answer: dict[str, Any] = json.loads(line)
    return answer
