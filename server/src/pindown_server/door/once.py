"""Changes that are made once however often they are sent, only tried, or written down.

`Idempotency-Key` names a change. What is answered to it is stored in the same transaction as the
change, so there is never the one without the other: a repeated call finds either both, and is
answered the same, or neither, and is the first. `?dry_run=true` makes the change and undoes it.
What a route declares for the audit log is noted beside the change as well. All of it works on
whatever a handler does in its transaction; no handler knows of it.
"""

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import msgspec

from ..clock import DAY, now
from ..errors import IdempotencyConflict, PindownError, Unavailable, invalid
from ..storage import Database, Transaction
from ..storage.held import Ended, HeldDatabase
from . import store
from .call import Answer, Call, Plain, Stream
from .caller import Caller
from .route import Route
from .store import Kept

log = logging.getLogger(__name__)

KEPT_FOR = DAY
LONGEST_NAME = 200
MOST_KEPT = 200_000  # answers per caller, the newest: two a second for a whole day
LOOK_AFTER = 10_000  # answers to one caller, after which those beyond the most are forgotten
SWEEP = 60.0  # s between looks for what is too old
SLICE = 500  # rows forgotten in one transaction: some 2 ms, in which nobody else can write


# Writes down that a call went well, with the data of its answer.
Note = Callable[[Transaction, Route, Call, dict[str, Any]], Awaitable[None]]


class Replay(Plain):
    """An answer that was given before."""

    __slots__ = ()


class Once:
    """Runs handlers whose change has a name, shall not last, or has to be noted."""

    def __init__(self, parts: Any, note: Note) -> None:
        self._parts = parts
        self._note = note
        self._database: Database = parts.database
        self._kept: Counter[tuple[str, str]] = Counter()

    async def run(self, route: Route, call: Call) -> Answer | Plain | Stream:
        """The handler's answer, or the one it gave when the same call came before."""
        name = call.header(b"idempotency-key")
        is_named = name is not None and route.is_remembered and call.caller.is_signed_in
        if is_named and not (0 < len(name or "") <= LONGEST_NAME and str(name).isprintable()):
            expected = f"1 to {LONGEST_NAME} visible characters"
            raise invalid("Idempotency-Key", f"Idempotency-Key must be {expected}", expected)
        if call.flag("dry_run"):
            return await self._try(route, call)
        if name is None or not is_named:
            return await self._run(route, call)
        return await self._run_named(route, call, name)

    async def _run(self, route: Route, call: Call) -> Answer | Plain | Stream:
        if not route.audit:
            return await route.handler(call, self._parts)
        async with HeldDatabase(self._database) as database:
            return await self._run_in(database, route, call)

    async def _run_in(
        self, database: HeldDatabase, route: Route, call: Call
    ) -> Answer | Plain | Stream:
        """The handler's answer, and a note of it if the route wants one and something was changed."""
        answer = await route.handler(call, replace(self._parts, database=database))
        if route.audit and database.tx is not None:
            await self._note(database.tx, route, call, _fields(_enveloped(route, answer)))
        return answer

    async def _try(self, route: Route, call: Call) -> Answer:
        """What would be answered; whatever was done for it is undone."""
        if not route.has_dry_run:
            raise invalid(
                "dry_run", f"{route.method} {route.path} cannot be tried: leave out dry_run"
            )
        async with HeldDatabase(self._database, tries=True) as database:
            answer = await self._run_in(database, route, call)
            await database.undo()
        answer = _without_secrets(_enveloped(route, answer))
        data = {**_fields(answer), "dry_run": True}
        # No ETag: the revision it would name never was.
        return Answer(data, message=answer.message, status=answer.status)

    async def _run_named(self, route: Route, call: Call, name: str) -> Answer | Plain | Stream:
        fingerprint = _fingerprint(route, call)
        if (replay := await self._find(call.caller, name, fingerprint)) is not None:
            return replay

        async def begin(tx: Transaction) -> bool:
            moment = now()
            return await store.claim(tx, call.caller, name, fingerprint, moment, moment - KEPT_FOR)

        try:
            async with HeldDatabase(self._database, begin) as database:
                answer = await self._run_in(database, route, call)
                if database.tx is not None:
                    kept = _keepable(fingerprint, route, answer)
                    await store.keep(database.tx, call.caller, name, kept)
        except (Ended, PindownError) as error:
            # Also after a refusal: a twin may have been done while this one was looking.
            if (replay := await self._find(call.caller, name, fingerprint)) is not None:
                return replay
            if isinstance(error, Ended):
                raise Unavailable from error
            raise
        self._kept[call.caller.user_id, call.caller.key_id] += 1
        return answer

    async def _find(self, caller: Caller, name: str, fingerprint: str) -> Replay | None:
        """What was answered before, as far as it is on disk; IdempotencyConflict for another call."""
        async with self._database.reader() as reader:
            kept = await store.find_kept(reader, caller, name, now() - KEPT_FOR)
        if kept is None:
            return None
        if kept.fingerprint != fingerprint:
            raise IdempotencyConflict(
                "This Idempotency-Key came with another request before: every change needs its own"
            )
        headers = [(b"idempotency-replayed", b"true")]
        if kept.etag is not None:
            headers.append((b"etag", kept.etag.encode()))
        return Replay(kept.answer.encode(), b"application/json", headers, kept.status)

    async def keep_forgetting(self) -> None:
        """Forget answers that are too old or too many, for ever, a few at a time."""
        while True:
            try:
                await self._forget()
            except Unavailable:
                log.warning("kept answers cannot be looked through while the store is away")
            except Exception:
                log.exception("kept answers could not be looked through")
            await asyncio.sleep(SWEEP)

    async def _forget(self) -> None:
        until = now() - KEPT_FOR
        forgotten = SLICE
        while forgotten == SLICE:
            async with self._database.transaction() as tx:
                forgotten = await store.remove_expired(tx, until, SLICE)
        busy = [who for who, count in self._kept.items() if count >= LOOK_AFTER]
        for who in busy:
            del self._kept[who]
            await self._forget_surplus(who)

    async def _forget_surplus(self, who: tuple[str, str]) -> None:
        async with self._database.reader() as reader:
            until = await store.find_surplus(reader, who, MOST_KEPT)
        while until is not None:
            async with self._database.transaction() as tx:
                if await store.remove_surplus(tx, who, until, SLICE) < SLICE:
                    return


def _fingerprint(route: Route, call: Call) -> str:
    """Tells one request from another: method, path, query and body."""
    parts = (route.method, route.path, *call.params)
    digest = hashlib.sha256("\0".join(parts).encode())
    digest.update(b"\0" + call.query_text + b"\0" + call.body)
    return digest.hexdigest()


def _keepable(fingerprint: str, route: Route, answer: Answer | Plain | Stream) -> Kept:
    """What is stored of an answer: everything but what may be shown only once."""
    answer = _without_secrets(_enveloped(route, answer))
    return Kept(fingerprint, answer.status or route.status, answer.encode().decode(), answer.etag)


def _enveloped(route: Route, answer: Answer | Plain | Stream) -> Answer:
    if not isinstance(answer, Answer):
        raise TypeError(f"{route.name} changes something: its answer has to be in the envelope")
    return answer


def _without_secrets(answer: Answer) -> Answer:
    if not answer.secrets:
        return answer
    data = _fields(answer)
    for path in answer.secrets:
        data = _without(data, path.split("/"))
    hidden = ", ".join(path.rpartition("/")[2] for path in answer.secrets)
    message = f"What is shown only once is left out here: {hidden}"
    return Answer(data, message=message, etag=answer.etag, status=answer.status)


def _without(value: Any, path: list[str]) -> Any:
    """The value without what is at the path; lists on the way are gone through."""
    if isinstance(value, list):
        return [_without(item, path) for item in value]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    rest = {name: item for name, item in value.items() if name != path[0]}
    return {**rest, path[0]: _without(value[path[0]], path[1:])} if len(path) > 1 else rest


def _fields(answer: Answer) -> dict[str, Any]:
    """The data of an answer, which is an object."""
    if isinstance(answer.data, dict):
        return answer.data
    fields: dict[str, Any] = msgspec.structs.asdict(answer.data)
    return {name: value for name, value in fields.items() if value is not msgspec.UNSET}
