"""The client's part of the `pindown` command. The server and key come from PINDOWN_URL and PINDOWN_API_KEY."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from . import __version__
from .client import Pindown
from .errors import PindownError, ValidationFailed
from .live import LiveEvent, LiveStatus

AsJson = Annotated[bool, typer.Option("--json", help="As the server answers it.")]
PinId = Annotated[str, typer.Argument(metavar="PIN", help="The pin's id.")]

pins_app = typer.Typer(no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the client's commands to the `pindown` command."""
    app.add_typer(pins_app, name="pins", help="Pins on a server.")
    app.command()(live)
    app.command()(version)


@pins_app.command("list")
def list_pins(
    *,
    limit: Annotated[int, typer.Option(help="1 to 100.")] = 50,
    offset: Annotated[int, typer.Option(help="How many to pass over.")] = 0,
    as_json: AsJson = False,
) -> None:
    """List your pins, newest first."""
    with _client() as pindown:
        page = pindown.pins.list(limit=limit, offset=offset)
    if as_json:
        _print_json(page)
        return
    table = Table("ID", "TITLE", "TYPE", "CHANGED", box=None, pad_edge=False)
    for pin in page["items"]:
        words = (pin["id"], pin["title"], pin["pin_type"], _moment(pin["updated_at"]))
        table.add_row(*(escape(_visible(word)) for word in words))
    Console().print(table)


@pins_app.command("get")
def get_pin(pin: PinId) -> None:
    """Show a pin as the server answers it."""
    with _client() as pindown:
        _print_json(pindown.pins.get(pin))


@pins_app.command("update")
def update_pin(
    pin: PinId,
    changes: Annotated[
        str, typer.Argument(metavar="JSON", help="What to change; - reads it from standard input.")
    ],
) -> None:
    """Change a pin: pindown pins update p-… '{"content": {"cards": […]}}'"""
    text = sys.stdin.read() if changes == "-" else changes
    try:
        body = json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"This is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise typer.BadParameter('Changes are a JSON object, such as {"title": "Sales"}')
    with _client() as pindown:
        _print_json(pindown.pins.update(pin, body))


def live(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Pins, pinboards and pages.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Watch pins, pinboards and pages, a line for each change, until Ctrl-C."""
    pinboards = [thing for thing in ids if thing.startswith("pb-")]
    pages = [thing for thing in ids if thing.startswith("pg-")]
    pins = [thing for thing in ids if thing not in {*pinboards, *pages}]
    with _client() as pindown:
        for event in pindown.live(pins, pinboards, pages, on_status=_tell_status):
            for line in _json_lines(event) if as_json else _lines(event):
                typer.echo(line)


def version() -> None:
    """Say which version this is."""
    typer.echo(__version__)


@contextmanager
def _client() -> Iterator[Pindown]:
    """The client of the environment; what it raises ends the command with a sentence."""
    try:
        with Pindown() as pindown:
            yield pindown
    except PindownError as error:
        typer.echo(str(error), err=True)
        if isinstance(error, ValidationFailed):
            for problem in error.problems:
                typer.echo(f"  {problem.get('field', '')}: {problem.get('message', '')}", err=True)
        raise typer.Exit(1) from None


def _tell_status(status: LiveStatus) -> None:
    if status == "reconnecting":
        typer.echo("Reconnecting …", err=True)


def _json_lines(event: LiveEvent) -> Iterator[str]:
    yield json.dumps({"event": event.event, "data": event.data}, ensure_ascii=False)


def _lines(event: LiveEvent) -> Iterator[str]:
    """A line for each thing that the event is about."""
    data = event.data
    for view in data.get("pins", [data] if event.event == "pin" else []):
        config = json.dumps(view.get("pin_config"), ensure_ascii=False)
        yield _visible(f"{view['id']}  {view.get('title', '')}  v{view['version']}  {config[:200]}")
    for denied in data.get("denied", []):
        yield _visible(f"{denied}  not found, or not yours to see")
    if event.event not in ("snapshot", "pin", "frame"):
        yield _visible(f"{data.get('id', 'stream')}  {event.event}")


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _visible(text: str) -> str:
    """Without control characters: a title must not steer somebody's terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)
