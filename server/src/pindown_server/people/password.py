"""Hashing and checking passwords, beside the event loop: each takes some 100 ms and 64 MiB."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


async def hash_password(password: str) -> str:
    """What is stored of a password. Never call it inside a transaction."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def is_password(stored: str | None, password: str) -> bool:
    """Whether it is the stored password; as slow where none is stored."""
    fits = await asyncio.to_thread(_verify, stored, password)
    return fits and stored is not None


def _verify(stored: str | None, password: str) -> bool:
    try:
        return _HASHER.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """For who has no account, or no password yet: they wait as long as everybody else."""
    return _HASHER.hash("a password that nobody has")
