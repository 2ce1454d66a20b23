"""Imports go down the ladder that pyproject.toml holds."""

import subprocess
import sys
from pathlib import Path

from house import ROOT


def test_imports_go_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
