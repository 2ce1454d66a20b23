"""Who is behind a call: the first question at the door, answered from memory."""

import asyncio
import contextlib
import hashlib
import itertools
import logging
import re

from ..clock import DAY, now
from ..door import scopes
from ..door.caller import Caller
from ..errors import Unauthorized, Unavailable
from ..people import session
from ..people import store as people
from ..settings import Settings
from ..storage import Database
from ..tiers import Tiers
from . import store

log = logging.getLogger(__name__)

MOST_REMEMBERED = 50_000  # keys and as many sessions: about 40 MiB; beyond it all are read anew
WRITE_EVERY = 10.0  # s; when a key was used last is no more exact than this after a crash
CLEAN_EVERY = 360  # turns of it, an hour: expired sessions and links are taken away
PROLONG_BELOW = session.LASTS - DAY  # a session in use is prolonged once a day

_KEY = re.compile(rb"[Bb]earer +(pk_live_[A-Za-z0-9]{32}) *")


class Callers:
    """Keys and sessions that were used lately, and when."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._tiers = settings.all_tiers
        self._cookie = session.cookie_name(settings).encode() + b"="
        self._keys: dict[bytes, Caller] = {}
        self._sessions: dict[str, Caller] = {}
        self._forgotten = 0
        self._used: dict[str, int] = {}
        self._to_prolong: set[str] = set()
        self._writing: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to write down when keys are used."""
        self._writing = asyncio.get_running_loop().create_task(self.keep_last_used())

    async def close(self) -> None:
        """Write down the last uses."""
        if self._writing is not None:
            self._writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._writing
        with contextlib.suppress(Unavailable):
            await self.save_last_used()

    def forget(self) -> None:
        """Read keys and sessions again when they are used next."""
        self._forgotten += 1
        self._keys.clear()
        self._sessions.clear()

    async def find(self, headers: dict[bytes, bytes], _address: str) -> Caller | None:
        """The key or session of a call; None for a visitor.

        Raises Unauthorized for a key that is unknown or expired. A session that ended is nobody.
        """
        self._database.notice_changes_outside()
        given = headers.get(b"authorization")
        if given is None:
            cookies = headers.get(b"cookie")
            return None if cookies is None else await self._find_session(cookies)
        digest = hashlib.sha256(given).digest()  # no key lies about in memory as it was sent
        caller = self._keys.get(digest)
        if caller is None:
            caller = await self._read_key(given, digest)
        moment = now()
        if caller.expires_at is not None and caller.expires_at <= moment:
            raise Unauthorized("This API key has expired")
        self._used[caller.key_id] = moment
        return caller

    async def refresh(self, caller: Caller) -> Caller | None:
        """The caller as the store has it now; None if its key, session or account is gone."""
        async with self._database.reader() as reader:
            if caller.kind == "key":
                owner = await store.find_key_owner(reader, caller.key_id)
                return None if owner is None else _key_caller(owner, self._tiers)
            if caller.kind == "session":
                session_owner = await people.find_session_owner(reader, caller.session_id, now())
                return None if session_owner is None else _session_caller(session_owner)
        return caller

    async def _read_key(self, given: bytes, digest: bytes) -> Caller:
        match = _KEY.fullmatch(given)
        if match is None:
            raise Unauthorized
        forgotten = self._forgotten
        async with self._database.reader() as reader:
            owner = await store.find_key_owner(reader, session.digest(match[1].decode()))
        if owner is None:
            raise Unauthorized
        caller = _key_caller(owner, self._tiers)
        # What changed while it was read must not be remembered as it was before.
        if forgotten == self._forgotten:
            if len(self._keys) >= MOST_REMEMBERED:
                self._keys.clear()
            self._keys[digest] = caller
        return caller

    async def _find_session(self, cookies: bytes) -> Caller | None:
        secret = self._secret_in(cookies)
        if secret is None:
            return None
        digest = session.digest(secret)
        moment = now()
        caller = self._sessions.get(digest)
        if caller is None or caller.expires_at is None or caller.expires_at <= moment:
            caller = await self._read_session(digest, moment)
        if caller is not None and (caller.expires_at or 0) - moment < PROLONG_BELOW:
            self._to_prolong.add(caller.session_id)
        return caller

    def _secret_in(self, cookies: bytes) -> str | None:
        for part in cookies.split(b";"):
            text = part.strip()
            if text.startswith(self._cookie):
                return text[len(self._cookie) :].decode("latin-1")
        return None

    async def _read_session(self, digest: str, moment: int) -> Caller | None:
        forgotten = self._forgotten
        async with self._database.reader() as reader:
            owner = await people.find_session_owner(reader, digest, moment)
        if owner is None:
            self._sessions.pop(digest, None)
            return None
        caller = _session_caller(owner)
        if forgotten == self._forgotten:
            if len(self._sessions) >= MOST_REMEMBERED:
                self._sessions.clear()
            self._sessions[digest] = caller
        return caller

    async def keep_last_used(self) -> None:
        """Write down, every few seconds, which keys and sessions were used; tidy up every hour."""
        for turn in itertools.count():
            await asyncio.sleep(WRITE_EVERY)
            try:
                await self.save_last_used()
                if turn % CLEAN_EVERY == 0:
                    async with self._database.transaction() as tx:
                        await people.remove_expired(tx, now())
            except Exception:
                log.exception("could not write down when keys were used")

    async def save_last_used(self) -> None:
        """Write down the uses since the last time; those of a failed try are lost."""
        used, self._used = self._used, {}
        to_prolong, self._to_prolong = self._to_prolong, set()
        if not used and not to_prolong:
            return
        async with self._database.transaction() as tx:
            if used:
                await store.save_last_used(tx, used)
            if to_prolong:
                await people.prolong_sessions(tx, sorted(to_prolong), now() + session.LASTS)
        if to_prolong:
            self._sessions.clear()


def _key_caller(owner: store.KeyOwner, tiers: Tiers) -> Caller:
    is_whole = scopes.ALL in owner.scopes and owner.resources is None
    return Caller(
        "key",
        budget="key " + owner.key_id,
        user_id=owner.user_id,
        key_id=owner.key_id,
        scopes=owner.scopes,
        resources=owner.resources,
        tier=owner.tier,
        limits=tiers.limits_of(owner.tier),
        is_admin=owner.is_admin and is_whole,
        expires_at=owner.expires_at,
    )


def _session_caller(owner: people.SessionOwner) -> Caller:
    return Caller(
        "session",
        budget="user " + owner.user_id,
        user_id=owner.user_id,
        session_id=owner.session_id,
        tier=owner.tier,
        is_admin=owner.is_admin,
        expires_at=owner.expires_at,
    )
