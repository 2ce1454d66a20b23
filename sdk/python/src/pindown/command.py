"""The `pindown` command: what the client adds, and what else is installed adds through its entry point.

An entry point in the group `pindown.commands` is a function `add_to(app: typer.Typer) -> None`.
"""

import sys
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

MISSING = "The pindown command needs a little more than the client: pip install 'pindown[cli]'"


def main() -> None:
    """Run the command; without the `cli` extra, say how to get it."""
    if find_spec("rich") is None or find_spec("typer") is None:
        sys.exit(MISSING)
    app_with_everything()()


def app_with_everything() -> "typer.Typer":
    """The command with the client's groups and those of other installed packages."""
    import typer  # noqa: PLC0415  it may not be installed

    from . import client_commands  # noqa: PLC0415  likewise

    app = typer.Typer(
        name="pindown",
        help="A home for numbers that change.",
        no_args_is_help=True,
        pretty_exceptions_show_locals=False,  # a local may hold an API key
    )
    client_commands.add_to(app)
    for entry in sorted(entry_points(group="pindown.commands"), key=lambda entry: entry.name):
        entry.load()(app)
    return app
