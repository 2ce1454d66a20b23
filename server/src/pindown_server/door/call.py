"""One call as a handler sees it, and what a handler gives back."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec

from ..clock import parse as parse_time
from ..errors import invalid
from . import body as bodies
from .caller import Caller
from .upload import Upload

T = TypeVar("T")
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
MOST_PER_LIST = 100
MOST_PARAMETERS = 100  # of a query: no route knows a tenth of that
FURTHEST = 10**9  # beyond what any list holds, and within what databases count


class Call:
    """Who asks, for what, with which body."""

    __slots__ = ("_query", "address", "body", "caller", "headers", "params", "query_text", "upload")

    def __init__(
        self,
        caller: Caller,
        params: tuple[str, ...],
        headers: dict[bytes, bytes],
        query_text: bytes,
        body: bytes,
        address: str,
    ) -> None:
        self.caller = caller
        self.params = params
        self.headers = headers
        self.query_text = query_text
        self.body = body
        self.address = address
        self.upload: Upload | None = None  # the file, where the route takes one
        self._query: dict[str, str] | None = None

    def read(self, model: type[T]) -> T:
        """The body as this type; raises ValidationFailed with every problem."""
        return bodies.read(model, self.body)

    @property
    def query(self) -> dict[str, str]:
        """The query parameters; of a repeated one the last. Raises ValidationFailed for a NUL."""
        if self._query is None:
            self._query = _read_query(self.query_text)
            for name, value in self._query.items():
                if "\0" in value:
                    raise invalid(name, f"{name} holds a NUL character: leave it out")
        return self._query

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """A whole number out of the query, within its bounds; raises ValidationFailed."""
        text = self.query.get(name)
        if text is None:
            return default
        if text.isascii() and text.isdigit() and len(text) < 16 and lowest <= int(text) <= highest:
            return int(text)
        expected = f"a whole number from {lowest} to {highest}"
        raise invalid(name, f"{name} must be {expected}", expected)

    def page(self) -> tuple[int, int]:
        """`limit` and `offset` of a list."""
        return self.number("limit", 50, 1, MOST_PER_LIST), self.number("offset", 0, 0, FURTHEST)

    def flag(self, name: str) -> bool:
        """A yes or no out of the query; absent is no."""
        text = self.query.get(name)
        if text is None:
            return False
        if text in ("true", "1"):
            return True
        if text in ("false", "0"):
            return False
        raise invalid(name, f"{name} must be true or false", "true | false")

    def moment(self, name: str) -> int | None:
        """A point in time out of the query, epoch milliseconds or ISO 8601."""
        text = self.query.get(name)
        if text is None:
            return None
        moment = parse_time(text)
        if moment is None:
            expected = "epoch milliseconds or ISO 8601"
            raise invalid(name, f"{name} must be {expected}", expected)
        return moment

    def header(self, name: bytes) -> str | None:
        """A request header, by its lower-case name."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def if_match(self) -> int | None:
        """The revision that If-Match names; -1 if it names none of ours; None without it.

        Raises ValidationFailed for several: a refusal would have to say which one is meant.
        """
        text = self.header(b"if-match")
        if text is None or text.strip() == "*":
            return None
        if "," in text:
            raise invalid("If-Match", "If-Match names one ETag here, not several", '"7"')
        first = text.strip().removeprefix("W/").strip('"').partition("-")[0]
        return int(first) if first.isascii() and first.isdigit() and len(first) < 16 else -1


class Answer:
    """What a handler gives back: `data` in the contract's envelope.

    `secrets` are the paths in `data` (`key`, `invites/url`) of what is shown this once and not
    kept: a repeated call is answered without.
    """

    __slots__ = ("data", "etag", "headers", "message", "secrets", "status")

    def __init__(
        self,
        data: Any,
        *,
        message: str | None = None,
        etag: str | None = None,
        status: int | None = None,
        headers: list[tuple[bytes, bytes]] | None = None,
        secrets: tuple[str, ...] = (),
    ) -> None:
        self.data = data
        self.message = message
        self.etag = etag
        self.status = status
        self.headers = headers
        self.secrets = secrets

    def encode(self) -> bytes:
        """The JSON of the whole answer."""
        if self.message is None:
            return _encoder.encode({"success": True, "data": self.data})
        return _encoder.encode({"success": True, "data": self.data, "message": self.message})


class Plain:
    """An answer as it is: the OpenAPI document, a file, an answer that was given before."""

    __slots__ = ("body", "content_type", "headers", "status")

    def __init__(
        self, body: bytes, content_type: bytes, headers: Any = (), status: int | None = None
    ) -> None:
        self.body = body
        self.content_type = content_type
        self.headers = headers
        self.status = status


class Stream:
    """An answer that stays open: `run` gets the ASGI functions once the head may be sent."""

    __slots__ = ("run",)

    def __init__(
        self, run: Callable[[list[tuple[bytes, bytes]], Receive, Send], Awaitable[None]]
    ) -> None:
        self.run = run


def _read_query(query: bytes) -> dict[str, str]:
    text = query.decode("utf-8", "replace")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise invalid("query", f"A query has at most {MOST_PARAMETERS} parameters") from error
    return dict(pairs)


_encoder = msgspec.json.Encoder()
