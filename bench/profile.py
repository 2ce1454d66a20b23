"""Where the time of a push goes: `.venv/bin/python bench/profile.py`, written to `profile.md`.

Samples a server under the same storm as the benchmark, from outside, with py-spy. What it costs the
server itself is little; the throughput on the page is the profiled one and not to be compared.
"""

# This file's folder stands first in the path, and its name is one of the standard library's, which
# no import below may ask for.
import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import load
import machine
import push
import servers
from servers import Store
from setting import new_pin, push_to

HERE = Path(__file__).resolve().parent
SECONDS = 12
WARMUP = 2
PER_SECOND = 250
OURS = "pindown_server/"
LISTED = 32
LOOP = "MainThread"
WAITING = "_worker (concurrent/futures/thread.py)"  # for work, which py-spy takes for work

Stacks = Counter[tuple[str, ...]]


def main() -> None:
    """Profile and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(sys.executable).parent / "pindown"
    parser.add_argument("--pindown", type=Path, default=beside, help="the command to profile")
    parser.add_argument("--to", type=Path, default=HERE, help="folder for the page")
    arguments = parser.parse_args()
    (HERE.parent / ".build").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=HERE.parent / ".build"))
    try:
        stacks, storm = _profile(arguments.pindown, folder)
    except load.CannotMeasure as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = _page(stacks, storm)
    (arguments.to / "profile.md").write_text(text)
    print(text)


def _profile(command: Path, folder: Path) -> tuple[Stacks, dict[str, Any]]:
    spy = _py_spy()
    store = Store(command, folder / "store")
    store.prepare()
    program = load.compiled(folder)
    with servers.pindown(store) as server:
        request = push_to(server, new_pin(server), push.VALUE)
        with load.running(
            program, folder, server.port, pushes=[request], connections=push.CONNECTIONS
        ) as running:
            running.tell("storm", WARMUP, 0)
            output = folder / "stacks"
            arguments = ("--pid", server.pid, "--rate", PER_SECOND, "--duration", SECONDS - 1)
            kind = ("--format", "raw", "--threads", "--function")
            recording = machine.start(
                machine.LOAD_CORE,
                [spy, "record", *arguments, *kind, "--output", output],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            storm = running.tell("storm", SECONDS, 0)
            recording.wait(30)
    return _read(output.read_text()), storm


def _py_spy() -> str:
    beside = Path(sys.executable).parent / "py-spy"
    found = shutil.which("py-spy") or (str(beside) if beside.exists() else None)
    if found is None:
        print("installing py-spy, to look inside the server", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "py-spy"], check=True)
        found = str(beside)
    return found


def _read(text: str) -> Stacks:
    """Stacks from the outermost frame to the innermost, and how often each was seen."""
    stacks: Stacks = Counter()
    for line in text.splitlines():
        frames, _, count = line.rpartition(" ")
        if not frames.endswith(WAITING):
            stacks[tuple(frames.split(";"))] += int(count)
    return stacks


def _page(stacks: Stacks, storm: dict[str, Any]) -> str:
    threads: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    leaves: Counter[str] = Counter()
    for frames, count in stacks.items():
        thread = re.sub(r".*: |[()]", "", frames[0])
        threads[thread] += count
        if thread != LOOP:
            continue
        inside.update({_short(frame): count for frame in frames if OURS in frame})
        mine = next((frame for frame in reversed(frames) if OURS in frame), "")
        ours[_short(mine) if mine else "(uvicorn, uvloop, httptools)"] += count
        leaves[_short(frames[-1])] += count
    whole = threads[LOOP]
    return f"""# Where the time of a push goes

{storm["per_second"]:,.0f} pushes a second while being profiled, 64 connections, one pin, SQLite;
{whole:,} samples of the event loop's thread at work. Made by `bench/profile.py`.

The other threads at work, as parts of the loop's: {_others(threads)}.

## Inside a function and all it calls

{_table(inside, whole)}

## In a function itself and in what it calls of libraries

{_table(ours, whole)}

## In a Python function itself, C code it calls included

{_table(leaves, whole)}
"""


def _others(threads: Counter[str]) -> str:
    whole = threads[LOOP]
    return ", ".join(
        f"{name} {count / whole:.1%}" for name, count in threads.items() if name != LOOP
    )


def _short(frame: str) -> str:
    """`update_pin (pins/actions.py)`; libraries by their last two names."""
    name, _, place = frame.partition(" (")
    file = place.rstrip(")").rpartition(":")[0] or place.rstrip(")")
    if OURS in file:
        return f"{name} ({file.partition(OURS)[2]})"
    return f"{name} ({'/'.join(file.split('/')[-2:])})"


def _table(counts: Counter[str], whole: int) -> str:
    rows = [f"| {name} | {count / whole:.1%} |" for name, count in counts.most_common(LISTED)]
    return "\n".join(["| | of the loop's time |", "| --- | --- |", *rows])


if __name__ == "__main__":
    main()
