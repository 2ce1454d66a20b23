"""How much one rendering may cost. A template that asks for more ends there."""

import time

MOST_STEPS = 50_000  # values written and times round a loop; some 100 ms of work
MOST_OUTPUT = 2 * 1024 * 1024  # characters; four times the largest config
MOST_TAGS = 10_000  # in all texts of a value
MOST_TIME = 0.5  # s of this thread's own work; a busy machine takes nothing from it
_STEPS_PER_LOOK = 500


class ExhaustedError(Exception):
    """The rendering has cost all it may."""


class Budget:
    """What is left for one rendering."""

    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self._output = MOST_OUTPUT
        self._tags = MOST_TAGS
        self._until = time.thread_time() + MOST_TIME
        self._look_at = MOST_STEPS - _STEPS_PER_LOOK

    def spend(self, steps: int = 1) -> None:
        """Take steps; raises ExhaustedError."""
        self._steps -= steps
        if self._steps <= self._look_at:
            self._look_at = self._steps - _STEPS_PER_LOOK
            if self._steps < 0 or time.thread_time() > self._until:
                self._steps = -1
                raise ExhaustedError

    def write(self, characters: int) -> None:
        """Take room in the output; raises ExhaustedError."""
        self._output -= characters
        if self._output < 0:
            raise ExhaustedError

    def read(self, tags: int) -> None:
        """Take tags out of the number that may be read; raises ExhaustedError."""
        self._tags -= tags
        if self._tags < 0:
            raise ExhaustedError
