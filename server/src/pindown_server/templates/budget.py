"""How much one rendering may cost. A template that asks for more ends there."""

import time
from typing import NoReturn

MOST_STEPS = 50_000  # values written and times round a loop; some 100 ms of work
MOST_OUTPUT = 2 * 1024 * 1024  # characters; four times the largest config
MOST_WORDS = 8_000  # in the tags of all texts of a value; a pin's are read twice, some 3 µs each
MOST_ESCAPED = 256 * 1024  # characters of one value; escaping cannot be stopped half-way
MOST_TIME = 0.15  # s of this thread's own work, in which nobody else is answered
_STEPS_PER_LOOK = 500
_CHARACTERS_PER_STEP = 200
_ESCAPED_PER_STEP = 20


class ExhaustedError(Exception):
    """The rendering has cost all it may."""


class Budget:
    """What is left for one rendering. Once something is used up, nothing is left of anything."""

    def __init__(self) -> None:
        self.is_spent = False
        self._steps = MOST_STEPS
        self._output = MOST_OUTPUT
        self._words = MOST_WORDS
        self._until = time.thread_time() + MOST_TIME
        self._look_at = MOST_STEPS - _STEPS_PER_LOOK

    def spend(self, steps: int = 1) -> None:
        """Take steps; raises ExhaustedError."""
        self._steps -= steps
        if self._steps <= self._look_at:
            self._look_at = self._steps - _STEPS_PER_LOOK
            if self._steps < 0 or time.thread_time() > self._until:
                self._end()

    def write(self, characters: int) -> None:
        """Take room in the output; raises ExhaustedError."""
        self.spend(characters // _CHARACTERS_PER_STEP)
        self._output -= characters
        if self._output < 0:
            self._end()

    def escape(self, characters: int) -> None:
        """Be about to escape a value; raises ExhaustedError."""
        self.spend(characters // _ESCAPED_PER_STEP)
        if characters > MOST_ESCAPED:
            self._end()

    def read(self, words: int) -> None:
        """Take words of templates out of the number that may be read; raises ExhaustedError."""
        self.charge(words)
        if self.is_spent:
            raise ExhaustedError

    def charge(self, words: int) -> None:
        """Take words that were read to no avail; whatever comes next finds nothing left."""
        self._words -= words
        self.is_spent = self.is_spent or self._words < 0

    def _end(self) -> NoReturn:
        self.is_spent = True
        raise ExhaustedError
