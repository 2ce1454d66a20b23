"""The client's part of the `pindown` command."""

import typer

from . import __version__


def add_to(app: typer.Typer) -> None:
    """Add the client's commands to the `pindown` command."""
    app.command()(version)


def version() -> None:
    """Say which version this is."""
    typer.echo(__version__)
