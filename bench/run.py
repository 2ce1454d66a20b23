"""The benchmarks: `make bench`, or this file with the names of some of them.

Writes `results.md` and `results.json` beside it. What each measures stands at the head of its file.
"""

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import datasets
import glance
import load
import machine
import push
import report
import scale
import watch
from load import CannotMeasure
from servers import Store
from setting import Setting

HERE = Path(__file__).resolve().parent
BENCHMARKS = {
    "push": (push.measure, 5),
    "push_postgres": (push.measure_postgres, 3),
    "watch": (watch.measure, 5),
    "glance": (glance.measure, 3),
    "scale": (scale.measure, 3),
    "scale_postgres": (scale.measure_postgres, 3),
    "datasets": (datasets.measure, 3),
}
MOST_FILES = 20_000  # a socket for each viewer, on both sides


def main() -> None:
    """Measure and write the results."""
    arguments = _arguments()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(MOST_FILES, most), most))
    (HERE.parent / ".build").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=HERE.parent / ".build"))
    try:
        results = _measure(arguments, folder)
    except CannotMeasure as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (arguments.to / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (arguments.to / "results.md").write_text(report.page(results))
    print(report.page(results))
    if results["missing"]:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(sys.executable).parent / "pindown"
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--pindown", type=Path, default=beside, help="the command to measure")
    parser.add_argument("--rounds", type=int, help="instead of each benchmark's own number")
    parser.add_argument("--to", type=Path, default=HERE, help="folder for the results")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}")
    return arguments


def _measure(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    began = time.monotonic()
    store = Store(arguments.pindown, folder / "store")
    store.prepare()
    program = load.compiled(folder)
    results: dict[str, Any] = {"machine": machine.description(), "missing": {}}
    setting = Setting(arguments.pindown, folder, program, store)
    for name in arguments.names or BENCHMARKS:
        measure, rounds = BENCHMARKS[name]
        print(f"{name} …", file=sys.stderr)
        try:
            results[name] = measure(setting, arguments.rounds or rounds)
        except CannotMeasure as error:  # the others are worth having all the same
            results["missing"][name] = str(error)
    results["seconds"] = time.monotonic() - began
    return results


if __name__ == "__main__":
    main()
