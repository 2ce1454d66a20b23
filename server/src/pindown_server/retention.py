"""What of the past is kept: how old it may be, and how dense. No database, no HTTP.

Everything for an hour, then the last of each minute for two days and of each hour for 90 days,
and every change made by a person. Settings change the times.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .clock import DAY, HOUR, MINUTE
from .settings import Settings

MIB = 1024 * 1024


class Kept(NamedTuple):
    """One piece of the past. `key` orders them, and with it both times grow."""

    key: int
    at: int
    observed_at: int
    by_person: int
    size: int


class Stage(NamedTuple):
    """From which age on the past is thinner: of each stretch of `every` ms the last is kept.

    Without `every` nothing is, but for the last of all: it says what was true when the next
    began. `pause` is how long thinning may wait for more to do at once.
    """

    name: str
    after: int
    every: int | None
    pause: int

    def drops(self, one: Kept, following: Kept) -> bool:
        """Whether the one is not worth keeping beside the one that follows."""
        if one.by_person:
            return False
        if self.every is None:
            return True
        return (one.at // self.every, one.observed_at // self.every) == (
            following.at // self.every,
            following.observed_at // self.every,
        )


class Rules(NamedTuple):
    """What the settings ask for."""

    stages: tuple[Stage, ...]
    most_bytes: int


class Thinned(NamedTuple):
    """What is to be done with a slice of the past.

    `mark`: where the next slice begins; `goes_on`: whether there is one now; `due`: when there
    will be, as far as this slice tells.
    """

    doomed: list[int]
    mark: int | None
    goes_on: bool
    due: int | None


def read_rules(settings: Settings) -> Rules:
    """The rules of the settings."""
    stages = (
        Stage("minutes", settings.history_all * MINUTE, MINUTE, 10 * MINUTE),
        Stage("hours", settings.history_by_minute * HOUR, HOUR, 2 * HOUR),
        Stage("end", settings.history_by_hour * DAY, None, DAY),
    )
    return Rules(stages, settings.history_mib * MIB)


def thin(rows: Sequence[Kept], stage: Stage, moment: int, *, is_all: bool) -> Thinned:
    """What of a slice of the past goes at this stage; `is_all`: nothing follows the slice.

    The last of the slice always stays: what follows it decides.
    """
    border = moment - stage.after
    if stage.every is not None:
        border -= border % stage.every  # of a stretch that is not over nobody knows the last
    old = [row for row in rows if row.at < border]
    doomed = [one.key for one, following in pairwise(old) if stage.drops(one, following)]
    mark = old[-1].key if old else None
    if len(old) < len(rows):
        due = max(rows[len(old)].at + stage.after, moment) + stage.pause
        return Thinned(doomed, mark, goes_on=False, due=due)
    return Thinned(doomed, mark, goes_on=not is_all, due=None)
