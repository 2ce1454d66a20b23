"""The machine: what it is, which core does what, and whether it was calm while we measured."""

import contextlib
import os
import platform
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import apsw

SERVER_CORE = 0
LOAD_CORE = 1
STOLEN = 0.02  # a hypervisor that takes more than this share of the time spoils a sample
DISTURBED = 0.10  # and so do other processes of this machine
TRIES = 3
RETAKES = 12  # in all: a busy machine must not make a run of minutes one of an hour
AHEAD = -15  # the priority, where it is ours to choose: 28 times the share of an ordinary process
TICKS = os.sysconf("SC_CLK_TCK")

LIBRARIES = ("uvicorn", "uvloop", "httptools", "starlette", "msgspec", "apsw", "asyncpg")


def start(core: int, command: Sequence[object], **streams: Any) -> subprocess.Popen[Any]:
    """A process that stays on one core with all its threads, ahead of everything else there."""

    def settle() -> None:
        os.sched_setaffinity(0, {core})
        os.setsid()  # Linux shares the time among sessions first, then inside them
        if os.geteuid() == 0:
            os.setpriority(os.PRIO_PROCESS, 0, AHEAD)
            with contextlib.suppress(OSError):
                Path("/proc/self/autogroup").write_text(str(AHEAD))

    arguments = list(map(str, command))
    return subprocess.Popen(arguments, preexec_fn=settle, **streams)  # noqa: PLW1509  we have no threads


def description() -> dict[str, str]:
    """Machine, versions and date, as the results name them."""
    processor = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _output(
            "git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"
        ),
        "processor": f"{os.cpu_count()} x {processor.group(1) if processor else platform.machine()}",
        "memory": f"{int(memory.group(1)) / 2**20:.0f} GiB" if memory else "unknown",
        "system": f"{_system()}, Linux {platform.release()}",
        "python": f"{platform.python_version()} ({platform.python_compiler()})",
        "libraries": ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES),
        "sqlite": apsw.sqlite_lib_version(),
        "nginx": _output("sh", "-c", "nginx -v 2>&1").removeprefix("nginx version: "),
        "nchan": _output("sh", "-c", "dpkg-query -W -f '${Version}' libnginx-mod-nchan"),
    }


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "unknown")


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def proportional_kib(pid: int) -> int:
    """Memory of one process, what it shares with others counted in proportion."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found is not None
    return int(found.group(1))


def cpu_seconds(pid: int) -> float:
    """Processor time of one process and of its children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


@dataclass
class Calm:
    """What share of all cores' time the hypervisor and other processes took."""

    stolen: float
    others: float

    @property
    def is_enough(self) -> bool:
        """Whether a sample taken meanwhile counts."""
        return self.stolen <= STOLEN and self.others <= DISTURBED


@dataclass
class Guard:
    """Takes a sample again when the machine was disturbed meanwhile, as long as there is time."""

    retakes: int = RETAKES

    def measure(
        self, take: Callable[[], dict[str, Any]], also_ours: Iterable[int] = ()
    ) -> dict[str, Any]:
        """The calmest of up to three samples, with how calm it was."""
        sample, calm = _watched(take, also_ours)
        for _ in range(TRIES - 1):
            if calm.is_enough or not self.retakes:
                break
            self.retakes -= 1
            other, its = _watched(take, also_ours)
            if its.stolen + its.others < calm.stolen + calm.others:
                sample, calm = other, its
        return {**sample, "stolen": calm.stolen, "others": calm.others}


def _watched(
    take: Callable[[], dict[str, Any]], also_ours: Iterable[int]
) -> tuple[dict[str, Any], Calm]:
    roots = {os.getpid(), *also_ours}
    before, ours_before = _times(), _ours(roots)
    sample = take()
    after, ours_after = _times(), _ours(roots)
    whole = max(after["all"] - before["all"], 1e-9)
    busy = after["busy"] - before["busy"] - (ours_after - ours_before)
    return sample, Calm((after["stolen"] - before["stolen"]) / whole, max(busy, 0) / whole)


def _times() -> dict[str, float]:
    user, nice, system, idle, wait, irq, soft, stolen = (
        int(field) / TICKS for field in Path("/proc/stat").read_text().split()[1:9]
    )
    busy = user + nice + system + irq + soft
    return {"busy": busy, "stolen": stolen, "all": busy + idle + wait + stolen}


def _ours(roots: set[int]) -> float:
    """Processor time of these processes and all that came from them."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = sum(map(int, fields[11:15])) / TICKS
    return sum(time for pid, time in used.items() if _comes_from(pid, roots, parents))


def _comes_from(pid: int, roots: set[int], parents: dict[int, int]) -> bool:
    while pid in parents:
        if pid in roots:
            return True
        pid = parents[pid]
    return False
