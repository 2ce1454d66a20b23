"""Sends requests: one sender waits, the other is awaited. Neither knows about pins."""

import asyncio
import json
import os
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2

from .errors import ConnectionFailed, PindownError, Refused, TimedOut, refused
from .request import NOTHING, File, Request

T = TypeVar("T")

LONGEST_WAIT = 30.0  # seconds; who must wait longer is told so instead
FIRST_PAUSE = 0.25  # seconds; doubles with each attempt
# Signs of life are due every 15 s on a stream: after 40 s two were missed, and some.
STREAMING = httpx2.Timeout(30.0, read=40.0)
LARGEST_EVENT = 256 * 1024 * 1024  # a server shows less than half of that at once


@dataclass(frozen=True)
class Settings:
    """Where to, as whom, and with how much patience."""

    address: str
    api_key: str | None
    max_retries: int
    timeout: float

    @classmethod
    def of(
        cls, api_key: str | None, url: str | None, max_retries: int, timeout: float
    ) -> "Settings":
        """What was given, and `PINDOWN_API_KEY` and `PINDOWN_URL` for what was not."""
        key = api_key or os.environ.get("PINDOWN_API_KEY") or None
        whole = (url or os.environ.get("PINDOWN_URL") or "http://127.0.0.1:8000").rstrip("/")
        address = whole if whole.endswith("/v1") else whole + "/v1"
        return cls(address, key, max_retries, timeout)

    def build(self, request: Request[Any], accept: str = "application/json") -> httpx2.Request:
        """The request as it goes over the line."""
        headers = {"Accept": accept, **request.headers}
        if self.api_key:
            headers["Authorization"] = f"Bearer {self.api_key}"
        content, files = None, None
        if isinstance(request.body, File):
            files = {"file": (request.body.name, request.body.content)}
        elif request.body is not NOTHING:
            content = json.dumps(request.body, ensure_ascii=False, allow_nan=False).encode()
        return httpx2.Request(
            request.method,
            self.address + request.path,
            params=dict(request.query) or None,
            headers=headers,
            content=content,
            files=files,
        )


class WaitingSender:
    """Sends and waits for the answer."""

    def __init__(self, settings: Settings, transport: httpx2.BaseTransport | None) -> None:
        self.settings = settings
        self.http = httpx2.Client(timeout=settings.timeout, transport=transport)

    def send(self, request: Request[T]) -> T:
        """The answer's `data`; raises a PindownError if there is none."""
        attempt = 1
        while True:
            try:
                return self._attempt(request)
            except PindownError as error:
                pause = _pause(error, request, attempt, self.settings)
                if pause is None:
                    raise
                time.sleep(pause)  # as long as the server asked, or longer each time
                attempt += 1

    def _attempt(self, request: Request[T]) -> T:
        built = self.settings.build(request)
        with _explained(built):
            response = self.http.send(built)
        data: T = _data(response, request)
        return data

    @contextmanager
    def stream(self, request: Request[Any]) -> Iterator[httpx2.EventSource]:
        """The messages of an open stream."""
        built = self.settings.build(request, "text/event-stream")
        built.extensions["timeout"] = STREAMING.as_dict()
        with _explained(built):
            response = self.http.send(built, stream=True)
            try:
                if response.is_error:
                    response.read()
                    raise _refused(response)
                yield httpx2.EventSource(response, LARGEST_EVENT)
            finally:
                response.close()


class AwaitingSender:
    """Sends and is awaited."""

    def __init__(self, settings: Settings, transport: httpx2.AsyncBaseTransport | None) -> None:
        self.settings = settings
        self.http = httpx2.AsyncClient(timeout=settings.timeout, transport=transport)

    async def send(self, request: Request[T]) -> T:
        """The answer's `data`; raises a PindownError if there is none."""
        attempt = 1
        while True:
            try:
                return await self._attempt(request)
            except PindownError as error:
                pause = _pause(error, request, attempt, self.settings)
                if pause is None:
                    raise
                await asyncio.sleep(pause)
                attempt += 1

    async def _attempt(self, request: Request[T]) -> T:
        built = self.settings.build(request)
        with _explained(built):
            response = await self.http.send(built)
        data: T = _data(response, request)
        return data

    @asynccontextmanager
    async def stream(self, request: Request[Any]) -> AsyncIterator[httpx2.EventSource]:
        """The messages of an open stream."""
        built = self.settings.build(request, "text/event-stream")
        built.extensions["timeout"] = STREAMING.as_dict()
        with _explained(built):
            response = await self.http.send(built, stream=True)
            try:
                if response.is_error:
                    await response.aread()
                    raise _refused(response)
                yield httpx2.EventSource(response, LARGEST_EVENT)
            finally:
                await response.aclose()


@contextmanager
def _explained(request: httpx2.Request) -> Iterator[None]:
    """Turn what the HTTP library raises into our errors."""
    try:
        yield
    except httpx2.TimeoutException as error:
        raise TimedOut(f"No answer in time from {request.url.host}") from error
    except httpx2.RequestError as error:
        raise ConnectionFailed(f"No answer from {request.url.host}: {error}") from error


def _pause(
    error: PindownError, request: Request[Any], attempt: int, settings: Settings
) -> float | None:
    """Seconds until the next attempt; None if there should be none."""
    if attempt > settings.max_retries:
        return None
    grown = FIRST_PAUSE * 2.0 ** (attempt - 1)
    scattered = grown * random.uniform(0.5, 1)  # noqa: S311  scatters, guards nothing
    if isinstance(error, ConnectionFailed):
        return scattered if request.can_repeat else None
    if not isinstance(error, Refused) or error.status not in (429, 503):
        return None
    if error.retry_after is None:
        return scattered
    if error.retry_after > LONGEST_WAIT:
        return None
    return error.retry_after + scattered - grown / 2


def _data(response: httpx2.Response, request: Request[Any]) -> Any:
    if response.is_error:
        raise _refused(response)
    if request.is_file:
        return response.content
    body = _body(response)
    if not isinstance(body, dict) or "data" not in body:
        raise PindownError("The answer is not one of a Pindown server")
    return body["data"]


def _refused(response: httpx2.Response) -> Refused:
    return refused(response.status_code, response.headers, _body(response))


def _body(response: httpx2.Response) -> object:
    try:
        return response.json()
    except ValueError:
        return None  # something in between answered; the status tells the rest
