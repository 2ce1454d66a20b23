"""The server's part of the `pindown` command.

What changes accounts and keys works beside a running server, at once: both use the same store.
"""

import asyncio
import contextlib
import ipaddress
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import typer

from .audit import actions as audit
from .clock import iso
from .errors import NotFound, PindownError
from .keys import actions as keys
from .keys import store as key_store
from .keys.key import Key, read_scopes
from .keys.key import read_name as read_key_name
from .people import actions as people
from .people import store as people_store
from .people.account import Account, read_email, read_name, read_password
from .people.password import hash_password
from .settings import SettingError, Settings, read_settings
from .storage import Database, open_database
from .storage.migrate import list_migrations

T = TypeVar("T")

Data = Annotated[Path | None, typer.Option(help="Folder for the database and files.")]
Host = Annotated[str | None, typer.Option(help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The account's e-mail.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]

users_app = typer.Typer(no_args_is_help=True)
keys_app = typer.Typer(no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the server's commands to the `pindown` command."""
    app.command()(serve)
    app.command()(demo)
    app.add_typer(users_app, name="users", help="Accounts of this server.")
    app.add_typer(keys_app, name="keys", help="API keys of this server.")
    app.command()(migrate)
    app.command()(check_config)


def serve(
    *,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    migrate: Annotated[
        bool, typer.Option("--migrate/--no-migrate", help="Bring the database to this version.")
    ] = True,
) -> None:
    """Run the server until it is told to end."""
    from . import serving  # noqa: PLC0415  only this command needs a web server loaded

    _end_when_told()
    with _explained():
        settings = read_settings(data=data, host=host, port=port)
        code = asyncio.run(_first_code(settings, migrate=migrate))
        serving.serve(settings, lambda ready: _tell_ready(ready, code), migrate=migrate)


def demo(
    data: Annotated[Path | None, typer.Option(help="Folder to keep the demo in.")] = None,
    port: Port = None,
) -> None:
    """Run a server with an account, three pinboards and live numbers, to look at."""
    from .demo.run import run_demo  # noqa: PLC0415  only this command needs it loaded

    _end_when_told()
    with _explained():
        run_demo(data, port)


def migrate(data: Data = None) -> None:
    """Bring the database to this version."""

    async def nothing_more(_database: Database, _settings: Settings) -> None: ...

    _in_store(data, nothing_more)
    typer.echo(f"The database is at version {list_migrations()[-1].version}.")


def check_config(data: Data = None) -> None:
    """Say what every setting is, or what is wrong with one."""
    with _explained():
        settings = read_settings(data=data)
    for field in fields(settings):
        value = _without_password(str(getattr(settings, field.name)))
        if value and field.name.endswith("_token"):
            value = "…"
        typer.echo(f"PINDOWN_{field.name.upper()}={value}")


@users_app.command("add")
def add_user(
    email: Email,
    *,
    name: Annotated[str, typer.Option(help="What to call them.")] = "",
    from_stdin: FromStdin = False,
    admin: Annotated[bool, typer.Option("--admin", help="May look after accounts.")] = False,
    tier: Annotated[str | None, typer.Option(help="How many calls they may make.")] = None,
    data: Data = None,
) -> None:
    """Make an account. Asks for a password on a terminal, else prints a one-time link."""
    password = _ask_password(from_stdin=from_stdin)

    async def add(database: Database, settings: Settings) -> str:
        address = read_email(email)
        given_tier = settings.all_tiers.read(settings.default_tier if tier is None else tier)
        hashed = await hash_password(read_password(password)) if password else None
        async with database.transaction() as tx:
            account = await people.issue_account(
                tx, address, read_name(name, address), hashed, given_tier, is_admin=admin
            )
            told = {"tier": account.tier, "is_admin": account.is_admin}
            await audit.note_command(tx, "account.created", account.id, told)
            token = "" if hashed else await people.create_password_link(tx, account.id)
        return _reset_link(settings, token)

    _tell_link(_in_store(data, add), email)


@users_app.command("list")
def list_users(data: Data = None) -> None:
    """List the accounts, newest first."""

    async def read(database: Database, _settings: Settings) -> list[Account]:
        async with database.reader() as reader:
            return await people_store.all_accounts(reader)

    _print_table(
        ("ID", "EMAIL", "NAME", "TIER", "ADMIN", "SINCE"),
        [
            (a.id, a.email, a.name, a.tier, "admin" if a.is_admin else "-", iso(a.created_at))
            for a in _in_store(data, read)
        ],
    )


@users_app.command("password")
def set_password(email: Email, *, from_stdin: FromStdin = False, data: Data = None) -> None:
    """Set a password, which signs the account out. Without one, prints a one-time link."""
    password = _ask_password(from_stdin=from_stdin)

    async def change(database: Database, settings: Settings) -> str:
        hashed = await hash_password(read_password(password)) if password else None
        async with database.transaction() as tx:
            account = await people.require_account(tx, read_email(email))
            if hashed is None:
                await audit.note_command(tx, "password.link_created", account.id, {})
                return _reset_link(settings, await people.create_password_link(tx, account.id))
            await audit.note_command(tx, "password.changed", account.id, {})
            await people.set_password(tx, account.id, hashed)
        return ""

    _tell_link(_in_store(data, change), email)


@users_app.command("remove")
def remove_user(
    email: Email,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: Data = None,
) -> None:
    """Remove an account with its pins, pinboards and keys."""
    if not yes and sys.stdin.isatty():
        typer.confirm(f"Remove {email} with all pins, pinboards and keys?", abort=True)

    async def remove(database: Database, _settings: Settings) -> None:
        async with database.transaction() as tx:
            account = await people.require_account(tx, read_email(email))
            await audit.note_command(tx, "account.removed", account.id, {})
            await people.remove_account(tx, account.id)

    _in_store(data, remove)
    typer.echo(f"{email} is removed.", err=True)


@keys_app.command("add")
def add_key(
    user: Annotated[str, typer.Option(metavar="EMAIL", help="Whose key it will be.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    scope: Annotated[
        list[str] | None, typer.Option(metavar="SCOPE", help="What it may do; repeatable. [*]")
    ] = None,
    data: Data = None,
) -> None:
    """Make an API key and print it, once, and nothing else."""

    async def add(database: Database, _settings: Settings) -> str:
        wanted = keys.KeyChanges(name=read_key_name(name), scopes=read_scopes(scope or ["*"]))
        async with database.transaction() as tx:
            account = await people.require_account(tx, read_email(user))
            issued = await keys.issue_key(tx, account.id, wanted)
            told = {"user_id": account.id, "scopes": issued.key.scopes}
            await audit.note_command(tx, "key.created", issued.key.id, told)
            return issued.secret

    typer.echo(_in_store(data, add))


@keys_app.command("list")
def list_keys(
    user: Annotated[str | None, typer.Option(metavar="EMAIL", help="Only this account's.")] = None,
    data: Data = None,
) -> None:
    """List API keys, newest first, without their secrets."""

    async def read(database: Database, _settings: Settings) -> list[tuple[Key, str]]:
        async with database.reader() as reader:
            if user is None:
                accounts = await people_store.all_accounts(reader)
            else:
                accounts = [await people.require_account(reader, read_email(user))]
            emails = {account.id: account.email for account in accounts}
            found = await key_store.all_keys(reader)
        return [(key, emails[key.user_id]) for key in found if key.user_id in emails]

    _print_table(
        ("ID", "KEY", "USER", "NAME", "SCOPES", "EXPIRES", "LAST USED"),
        [
            (k.id, k.hint, email, k.name, ",".join(k.scopes), _when(k.expires_at), _when(k.last_used_at))
            for k, email in _in_store(data, read)
        ],
    )  # fmt: skip


@keys_app.command("revoke")
def revoke_key(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its id, or its hint as listed.")],
    data: Data = None,
) -> None:
    """Make an API key useless, at once."""

    async def revoke(database: Database, _settings: Settings) -> str:
        async with database.transaction() as tx:
            found = await key_store.find_key_named(tx, key)
            if found is None:
                raise NotFound("API key")
            await audit.note_command(tx, "key.revoked", found.id, {"user_id": found.user_id})
            await keys.withdraw_key(tx, found)
        return found.name

    typer.echo(f"The key {_in_store(data, revoke)!r} is revoked.", err=True)


def _end_when_told() -> None:
    """Take SIGTERM and SIGINT as a request, not as a failure: the process ends with 0."""

    def end(_number: int, _frame: Any) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


async def _first_code(settings: Settings, *, migrate: bool) -> str | None:
    """The one-time code for the first account; None if there is one."""
    database = await open_database(settings, migrate=migrate)
    try:
        async with database.reader() as reader:
            if await people_store.has_accounts(reader):
                return None
        async with database.transaction() as tx:
            return await people.create_first_code(tx)
    finally:
        await database.close()


def _tell_ready(settings: Settings, code: str | None) -> None:
    typer.echo(f"Pindown is at {settings.address}")
    if code is None:
        return
    # Beyond this machine an address with a code in it would be kept in other people's logs.
    if _is_loopback(settings.address):
        typer.echo(f"Make the first account at {settings.address}/welcome?code={code}")
    else:
        typer.echo(f"Make the first account at {settings.address}/welcome")
        typer.echo(f"with this one-time code: {code}")


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_store(data: Path | None, work: Callable[[Database, Settings], Awaitable[T]]) -> T:
    """Do something with the store that the settings name."""

    async def run(settings: Settings) -> T:
        database = await open_database(settings)
        try:
            return await work(database, settings)
        finally:
            await database.close()

    with _explained():
        return asyncio.run(run(read_settings(data=data)))


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Say in a sentence what went wrong: 2 for a wrong setting, 1 for the rest."""
    try:
        yield
    except SettingError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except PindownError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(1) from None


def _ask_password(*, from_stdin: bool) -> str | None:
    """A password out of standard input or typed in; None where nobody can type one."""
    if from_stdin:
        with _explained():
            return read_password(sys.stdin.readline().rstrip("\r\n"))
    if not sys.stdin.isatty():
        return None
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password


def _reset_link(settings: Settings, token: str) -> str:
    return f"{settings.address}/reset?token={token}" if token else ""


def _tell_link(link: str, email: str) -> None:
    if link:
        typer.echo("Whoever opens this within 14 days sets the password:", err=True)
        typer.echo(link)
    else:
        typer.echo(f"{email} can sign in.", err=True)


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns for people and for scripts: two spaces or more between them."""
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


def _when(moment: int | None) -> str:
    return "-" if moment is None else iso(moment)


def _without_password(value: str) -> str:
    """An address without the password in it."""
    parts = urlsplit(value)
    if parts.password is None:
        return value
    return value.replace(f":{parts.password}@", ":…@", 1)
