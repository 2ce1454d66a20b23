"""Every setting: name, type, default, one line of help. Nothing is read from a global."""

import dataclasses
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import unquote, urlsplit

from .tiers import Tiers, read_tiers

# Names with our prefix that belong to clients and tests, not to the server.
FOREIGN_NAMES = frozenset({"PINDOWN_API_KEY", "PINDOWN_URL", "PINDOWN_PROFILE"})
FOREIGN_PREFIX = "PINDOWN_TEST_"

SMTP_PORTS = {"smtp": 25, "smtps": 465, "starttls": 587}
MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")

LEAST_TOKEN = 16  # characters; shorter ones are guessed


class SmtpServer(NamedTuple):
    """Where mails are given to, and how safely."""

    security: str  # smtp, smtps or starttls
    host: str
    port: int
    user: str
    password: str


class SettingError(Exception):
    """A setting that cannot be used; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Settings:
    """What an operator can choose. Each has a `PINDOWN_` name in the environment."""

    data: Annotated[Path, "folder for the database and files"] = Path("pindown-data")
    host: Annotated[str, "address to listen on"] = "127.0.0.1"
    port: Annotated[int, "port to listen on; 0 takes a free one"] = 8000
    public_url: Annotated[
        str, "address people use, for links and cookies; default http://host:port"
    ] = ""
    database: Annotated[str, "postgresql://… ; empty: SQLite in the data folder"] = ""
    bus: Annotated[
        str, "redis://… when several servers share one database; empty: this process alone"
    ] = ""
    sign_up: Annotated[str, "who may make an account: invited or open"] = "invited"
    default_tier: Annotated[str, "tier of new accounts"] = "self-hosted"
    tiers: Annotated[
        str, "tiers changed or added, tokens an hour and a minute: team=9000/500, lab=100/10"
    ] = ""
    trusted_proxies: Annotated[
        str, "addresses whose X-Forwarded-For counts, separated by commas"
    ] = ""
    body_limit: Annotated[int, "largest request body in bytes"] = 1_048_576
    metrics_token: Annotated[
        str, "whoever sends it as a Bearer token reads /metrics; empty: there is no /metrics"
    ] = ""
    file_limit: Annotated[int, "largest uploaded file in bytes"] = 10_485_760
    file_total: Annotated[int, "bytes of all uploaded files of one account"] = 1_073_741_824
    smtp: Annotated[
        str,
        "mail server: smtp://user:password@host:port, smtps://… or starttls://… ; empty: no mails",
    ] = ""
    mail_from: Annotated[str, "address that mails come from"] = ""
    invite: Annotated[str, "who may invite people that have no account here: members or admins"] = (
        "members"
    )
    outside: Annotated[
        str, "whether pins may load pictures and frames from elsewhere: on or off"
    ] = "on"

    history_all: Annotated[int, "minutes for which every revision is kept"] = 60
    history_by_minute: Annotated[
        int, "hours for which the last revision of each minute is kept"
    ] = 48
    history_by_hour: Annotated[
        int, "days for which the last revision of each hour is kept; then only what people changed"
    ] = 90
    history_mib: Annotated[int, "MiB of history a pin keeps at most"] = 64

    def __post_init__(self) -> None:
        _one_of("sign_up", self.sign_up, ("invited", "open"))
        try:
            _one_of("default_tier", self.default_tier, tuple(self.all_tiers))
        except ValueError as error:
            raise SettingError(
                "PINDOWN_TIERS must hold tiers such as team=9000/500, tokens an hour and a minute,"
                f" separated by commas, not {str(error)!r}."
            ) from error
        _one_of("outside", self.outside, ("on", "off"))
        _one_of("invite", self.invite, ("members", "admins"))
        if not 0 <= self.port <= 65535:
            raise SettingError(f"PINDOWN_PORT must be between 0 and 65535, not {self.port}.")
        if self.metrics_token and len(self.metrics_token) < LEAST_TOKEN:
            raise SettingError(
                f"PINDOWN_METRICS_TOKEN must have at least {LEAST_TOKEN} characters."
            )
        if self.body_limit < 1024:
            raise SettingError("PINDOWN_BODY_LIMIT must be at least 1024 bytes.")
        if not 1024 <= self.file_limit <= self.file_total:
            raise SettingError(
                "PINDOWN_FILE_LIMIT must be at least 1024 bytes and at most PINDOWN_FILE_TOTAL."
            )
        minutes = (self.history_all, self.history_by_minute * 60, self.history_by_hour * 24 * 60)
        if not 0 <= minutes[0] <= minutes[1] <= minutes[2]:
            raise SettingError(
                "PINDOWN_HISTORY_ALL (minutes) must be no longer than PINDOWN_HISTORY_BY_MINUTE"
                " (hours), and that no longer than PINDOWN_HISTORY_BY_HOUR (days)."
            )
        if self.history_mib < 1:
            raise SettingError("PINDOWN_HISTORY_MIB must be at least 1.")
        _mail(self.smtp, self.mail_from)
        _address("database", self.database, ("postgresql", "postgres"))
        _address("bus", self.bus, ("redis", "rediss", "unix"))
        _address("public_url", self.public_url, ("http", "https"))

    @cached_property
    def all_tiers(self) -> Tiers:
        """Every tier by name."""
        return read_tiers(self.tiers)

    @cached_property
    def smtp_server(self) -> "SmtpServer | None":
        """The mail server, if there is one."""
        return read_smtp(self.smtp) if self.smtp else None

    @property
    def file_folder(self) -> Path:
        """Where uploaded files are kept."""
        return self.data / "files"

    @property
    def address(self) -> str:
        """The public address without a slash at its end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def read_settings(environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """Settings from the environment, with what a command line gave on top.

    Raises SettingError for an unknown `PINDOWN_` name or a value that cannot be used.
    """
    known = {f"PINDOWN_{item.name.upper()}": item for item in dataclasses.fields(Settings)}
    values: dict[str, object] = {}
    for name, text in environment.items():
        if not name.startswith("PINDOWN_") or name in FOREIGN_NAMES:
            continue
        if name.startswith(FOREIGN_PREFIX):
            continue
        if name not in known:
            raise SettingError(
                f"{name} is not a setting of Pindown. The settings are {', '.join(known)}."
            )
        values[known[name].name] = _convert(name, known[name], text)
    values.update({name: value for name, value in given.items() if value is not None})
    return Settings(**values)  # type: ignore[arg-type]  # each was converted to its field's own type


def _convert(name: str, item: "dataclasses.Field[object]", text: str) -> object:
    if isinstance(item.default, int):
        try:
            return int(text)
        except ValueError:
            raise SettingError(f"{name} must be a whole number, not {text!r}.") from None
    if isinstance(item.default, Path):
        return Path(text)
    return text


def read_smtp(text: str) -> SmtpServer:
    """A mail server out of its address; raises SettingError, which never holds the password."""
    wrong = SettingError(
        "PINDOWN_SMTP must look like smtp://user:password@host:port, with smtps:// or starttls://"
        " for a safe connection; signs such as @ and / in user and password as %40 and %2F."
    )
    try:
        parts = urlsplit(text)
        port = parts.port or SMTP_PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise wrong from None
    if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise wrong
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return SmtpServer(parts.scheme, parts.hostname, port, user, password)


def _mail(smtp: str, mail_from: str) -> None:
    if smtp:
        read_smtp(smtp)
        if not MAILBOX.fullmatch(mail_from):
            raise SettingError(
                "PINDOWN_MAIL_FROM must be the address that mails come from, such as"
                " pindown@example.org."
            )


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise SettingError(
            f"PINDOWN_{name.upper()} must be one of {', '.join(allowed)}, not {value!r}."
        )


def _address(name: str, value: str, schemes: tuple[str, ...]) -> None:
    if value and urlsplit(value).scheme not in schemes:
        raise SettingError(
            f"PINDOWN_{name.upper()} must start with {' or '.join(s + '://' for s in schemes)}"
            f" (it starts with {value.split(':', 1)[0]!r})."
        )
